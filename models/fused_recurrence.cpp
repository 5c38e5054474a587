#include "models/fused_recurrence.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>

#include <algorithm>

#include "models/kernels/recurrence_steps.h"
#include "models/packed_linear.h"

namespace rondo {
namespace {

constexpr int64_t kRowsAThread = 5;  // fewer rows leave the processor waiting for the weights

using Variables = torch::autograd::variable_list;
using Context = torch::autograd::AutogradContext;

bool autocast_on() { return at::autocast::is_autocast_enabled(at::kCPU); }

torch::Tensor floats(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.detach().to(torch::kFloat).contiguous() : tensor;
}

const float* data(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

// One layer's call, its tensors' sizes and what its products are made in.
struct Call {
  FusedRecurrence cell{};
  PackedType products = PackedType::fp32;
  RecurrenceShape shape{};

  torch::ScalarType output_type() const {
    return products == PackedType::bf16 ? torch::kBFloat16 : torch::kFloat;
  }
  PackedMatrix pack(const torch::Tensor& weight) const {
    return PackedMatrix(weight_view(weight), products, cell.instructions);
  }
  // x [rows, from], rows of y [rows, ...] of which the product fills the first; bias may be
  // undefined.
  void multiply(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                const torch::Tensor& y) const {
    multiply_in_parallel(pack(weight), {.x = data(x),
                                        .x_stride = x.stride(0),
                                        .count = x.size(0),
                                        .y = y.data_ptr<float>(),
                                        .y_stride = y.stride(0),
                                        .bias = data(bias)});
  }
  // left^T right, both [rows, ...], in LibTorch's products.
  torch::Tensor summed_products(const torch::Tensor& left, const torch::Tensor& right) const {
    const auto type = output_type();
    return torch::mm(left.to(type).t(), right.to(type)).to(torch::kFloat);
  }
  template <typename Steps>
  void run(const Steps& steps) const {
    at::parallel_for(0, shape.batch, kRowsAThread,
                     [&](int64_t begin, int64_t end) { steps.run(begin, end); });
  }
};

// Everything float32.
struct Forward {
  torch::Tensor gates;   // [time * batch, row_size], kept for the gradient
  torch::Tensor states;  // [time, batch, hidden]
  torch::Tensor cells;   // [time, batch, hidden], LSTM only
};

Forward run_forward(const Call& call, const Variables& given, bool keep) {
  const RecurrenceShape& shape = call.shape;
  const auto inputs = floats(given[0]), hidden = floats(given[1]), cell = floats(given[2]);
  const auto bias_ih = floats(given[5]), bias_hh = floats(given[6]);
  const auto options = inputs.options();
  Forward forward;
  forward.gates = torch::empty({shape.time * shape.batch, shape.row_size()}, options);
  call.multiply(inputs.view({shape.time * shape.batch, -1}), floats(given[3]), bias_ih,
                forward.gates);
  forward.states = torch::empty({shape.time, shape.batch, shape.hidden}, options);
  if (shape.type == RnnType::lstm) forward.cells = torch::empty_like(forward.states);
  const auto weight_hh = call.pack(floats(given[4]));
  call.run(
      RecurrenceSteps{.shape = shape,
                      .weight_hh = &weight_hh,
                      .bias_hh = data(bias_hh),
                      .first_hidden = data(hidden),
                      .first_cell = data(cell),
                      .gates = forward.gates.data_ptr<float>(),
                      .keep = keep,
                      .states = forward.states.data_ptr<float>(),
                      .cells = forward.cells.defined() ? forward.cells.data_ptr<float>() : nullptr,
                      .instructions = call.cell.instructions});
  return forward;
}

// What the gradient needs of a call, as it was saved.
struct Kept {
  torch::Tensor inputs, hidden, cell, weight_ih, weight_hh;  // as given
  Forward forward;
};

struct Gradients {
  torch::Tensor gates;         // [time * batch, row_size], see GateGradientRow
  torch::Tensor hidden, cell;  // [batch, hidden]
};

Gradients run_backward(const Call& call, const Kept& kept, const Variables& at_outputs) {
  const bool lstm = call.shape.type == RnnType::lstm;
  const auto hidden = floats(kept.hidden), cell = floats(kept.cell);
  const auto at_states = floats(at_outputs[0]);
  Gradients gradients;
  gradients.gates = torch::empty_like(kept.forward.gates);
  gradients.hidden = torch::zeros_like(hidden);
  if (lstm) gradients.cell = floats(at_outputs[1]).clone();
  const auto weight_hh = call.pack(floats(kept.weight_hh).t());
  call.run(RecurrenceGradientSteps{.shape = call.shape,
                                   .weight_hh = &weight_hh,
                                   .first_hidden = data(hidden),
                                   .first_cell = data(cell),
                                   .kept = data(kept.forward.gates),
                                   .states = data(kept.forward.states),
                                   .cells = data(kept.forward.cells),
                                   .at_states = data(at_states),
                                   .gates = gradients.gates.data_ptr<float>(),
                                   .at_hidden = gradients.hidden.data_ptr<float>(),
                                   .at_cell = lstm ? gradients.cell.data_ptr<float>() : nullptr,
                                   .instructions = call.cell.instructions});
  return gradients;
}

// The gates of a GRU's input sum lie as n, r, z, the layer's weights as r, z, n: `places` is 1 to
// go from the weights' order, -1 to go back. Other cells have one order.
torch::Tensor in_order(const Call& call, const torch::Tensor& rows, int64_t places) {
  return call.shape.type == RnnType::gru ? rows.roll(places * call.shape.hidden, 0) : rows;
}

torch::Tensor recurrent_weight_gradient(const Call& call, const Kept& kept,
                                        const torch::Tensor& gates) {
  const int64_t batch = call.shape.batch, later = gates.size(0) - batch;
  const auto states = kept.forward.states.view({-1, call.shape.hidden});
  const auto first = call.summed_products(gates.narrow(0, 0, batch), floats(kept.hidden));
  if (later == 0) return first;
  return call.summed_products(gates.narrow(0, batch, later), states.narrow(0, 0, later))
      .add_(first);
}

struct FusedFunction : torch::autograd::Function<FusedFunction> {
  static Variables forward(Context* context, const Call& call, const torch::Tensor& inputs,
                           const torch::Tensor& hidden, const torch::Tensor& cell,
                           const torch::Tensor& weight_ih, const torch::Tensor& weight_hh,
                           const torch::Tensor& bias_ih, const torch::Tensor& bias_hh) {
    const c10::impl::ExcludeDispatchKeyGuard as_typed(c10::autocast_dispatch_keyset);
    const Forward run =
        run_forward(call, {inputs, hidden, cell, weight_ih, weight_hh, bias_ih, bias_hh}, true);
    context->save_for_backward(
        {inputs, hidden, cell, weight_ih, weight_hh, run.gates, run.states, run.cells});
    context->saved_data["call"] = std::vector<int64_t>{
        static_cast<int64_t>(call.cell.type), static_cast<int64_t>(call.cell.nonlinearity),
        static_cast<int64_t>(call.cell.instructions), static_cast<int64_t>(call.products)};
    Variables outputs{run.states.to(call.output_type())};
    if (run.cells.defined()) {
      outputs.push_back(
          run.cells[-1].to(call.output_type(), /*non_blocking=*/false, /*copy=*/true));
    }
    return outputs;
  }

  static Variables backward(Context* context, Variables at_outputs) {
    const c10::impl::ExcludeDispatchKeyGuard as_typed(c10::autocast_dispatch_keyset);
    const auto saved = context->get_saved_variables();
    const Kept kept{saved[0], saved[1], saved[2],
                    saved[3], saved[4], {saved[5], saved[6], saved[7]}};
    const Call call = saved_call(context, kept);
    const Gradients run = run_backward(call, kept, at_outputs);
    const int64_t sums = call.shape.gates() * call.shape.hidden;
    const bool gru = call.shape.type == RnnType::gru;
    const auto of_input = run.gates.narrow(1, 0, sums);
    const auto of_hidden = run.gates.narrow(1, gru ? call.shape.hidden : 0, sums);
    Variables gradients(8);
    if (context->needs_input_grad(0)) {
      const auto at_inputs = torch::empty(kept.inputs.sizes(), run.gates.options());
      call.multiply(of_input, in_order(call, floats(kept.weight_ih), 1).t(), {},
                    at_inputs.view({-1, kept.inputs.size(2)}));
      gradients[1] = at_inputs.to(kept.inputs.scalar_type());
    }
    gradients[2] = run.hidden.to(kept.hidden.scalar_type());
    if (run.cell.defined()) gradients[3] = run.cell.to(kept.cell.scalar_type());
    const auto inputs = kept.inputs.reshape({-1, kept.inputs.size(2)});
    gradients[4] = in_order(call, call.summed_products(of_input, inputs), -1);
    gradients[5] = recurrent_weight_gradient(call, kept, of_hidden);
    const auto at_biases = run.gates.sum(0);
    gradients[6] = in_order(call, at_biases.narrow(0, 0, sums), -1);
    gradients[7] = at_biases.narrow(0, gru ? call.shape.hidden : 0, sums);
    return gradients;
  }

  static Call saved_call(Context* context, const Kept& kept) {
    const auto numbers = context->saved_data["call"].toIntVector();
    Call call;
    call.cell = {static_cast<RnnType>(numbers[0]), static_cast<Nonlinearity>(numbers[1]),
                 static_cast<InstructionSet>(numbers[2])};
    call.products = static_cast<PackedType>(numbers[3]);
    call.shape = {call.cell.type, call.cell.nonlinearity, kept.inputs.size(0), kept.inputs.size(1),
                  kept.hidden.size(1)};
    return call;
  }
};

}  // namespace

bool FusedRecurrence::takes(const torch::Tensor& inputs, const RecurrentState& state,
                            const std::vector<torch::Tensor>& weights) {
  const bool bf16 = autocast_on();
  if (bf16 && at::autocast::get_autocast_dtype(at::kCPU) != at::kBFloat16) return false;
  const auto fits = [&](const torch::Tensor& tensor) {
    return !tensor.defined() ||
           (tensor.is_cpu() && (tensor.scalar_type() == torch::kFloat ||
                                (bf16 && tensor.scalar_type() == torch::kBFloat16)));
  };
  return inputs.numel() > 0 && fits(inputs) && fits(state.hidden) && fits(state.cell) &&
         std::all_of(weights.begin(), weights.end(), fits);
}

RecurrentOutput FusedRecurrence::forward(const torch::Tensor& inputs, const RecurrentState& state,
                                         const std::vector<torch::Tensor>& weights) const {
  const Call call{*this,
                  autocast_on() ? PackedType::bf16 : PackedType::fp32,
                  {type, nonlinearity, inputs.size(0), inputs.size(1), state.hidden.size(1)}};
  // Autograd takes no undefined tensors.
  const auto cell = type == RnnType::lstm ? state.cell : torch::empty({0});
  Variables given{inputs, state.hidden, cell};
  given.insert(given.end(), weights.begin(), weights.end());
  const bool differentiable = torch::GradMode::is_enabled() &&
                              std::any_of(given.begin(), given.end(), [](const auto& tensor) {
                                return tensor.defined() && tensor.requires_grad();
                              });
  RecurrentOutput output;
  if (differentiable) {
    const auto outputs = FusedFunction::apply(call, given[0], given[1], given[2], given[3],
                                              given[4], given[5], given[6]);
    output.states = outputs[0];
    if (type == RnnType::lstm) output.last.cell = outputs[1];
  } else {
    const Forward run = run_forward(call, given, /*keep=*/false);
    output.states = run.states.to(call.output_type());
    if (type == RnnType::lstm) output.last.cell = run.cells[-1].to(call.output_type());
  }
  output.last.hidden = output.states[-1];
  return output;
}

}  // namespace rondo
