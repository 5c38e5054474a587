#include "models/recurrent.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/_cudnn_rnn_flatten_weight.h>

#include <algorithm>
#include <cmath>

#include "models/dropout.h"
#include "models/fused_recurrence.h"
#include "models/masking.h"

namespace rondo {
namespace {

int64_t gate_count(RnnType type) {
  switch (type) {
    case RnnType::lstm:
      return 4;
    case RnnType::gru:
      return 3;
    case RnnType::rnn:
      return 1;
  }
  return 0;
}

// Rows [time * batch, dim] in another order; index is an involution, so backward is forward.
struct ReorderRows : torch::autograd::Function<ReorderRows> {
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& rows,
                               const torch::Tensor& index) {
    context->save_for_backward({index});
    return rows.index_select(0, index);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto index = context->get_saved_variables()[0];
    return {gradients[0].contiguous().index_select(0, index), torch::Tensor()};
  }
};

}  // namespace

RecurrentLayerImpl::RecurrentLayerImpl(const RecurrentLayerOptions& layer_options)
    : options(layer_options) {
  const int64_t rows = gate_count(options.type) * options.hidden_size;
  weight_ih_ = register_parameter("weight_ih", torch::empty({rows, options.input_size}));
  weight_hh_ = register_parameter("weight_hh", torch::empty({rows, options.hidden_size}));
  bias_ih_ = register_parameter("bias_ih", torch::empty({rows}));
  bias_hh_ = register_parameter("bias_hh", torch::empty({rows}));
  initialise(false, 0.0);
}

void RecurrentLayerImpl::initialise(bool orthogonal, double forget_gate_bias,
                                    int64_t chrono_steps) {
  torch::NoGradGuard no_grad;
  const double bound = 1.0 / std::sqrt(static_cast<double>(options.hidden_size));
  torch::nn::init::uniform_(weight_ih_, -bound, bound);
  torch::nn::init::uniform_(weight_hh_, -bound, bound);
  bias_ih_.zero_();
  bias_hh_.zero_();
  if (orthogonal) {
    for (auto& gate : weight_hh_.split(options.hidden_size)) torch::nn::init::orthogonal_(gate);
  }
  if (options.type == RnnType::lstm) {
    bias_ih_.narrow(0, options.hidden_size, options.hidden_size).fill_(forget_gate_bias);
  }
  if (chrono_steps > 0) draw_gate_biases(chrono_steps);
}

// A gate that keeps the share sigmoid(b) of the old state a step forgets it in about 1 + exp(b)
// steps: with b = log(u), u uniform in [1, steps - 1), the units' memories lie evenly in [2,
// steps). The LSTM's input gate lets in what its forget gate gives up. The GRU keeps the old state
// by its update gate, h' = (1 - z) n + z h, so that z takes the forget gate's bias.
void RecurrentLayerImpl::draw_gate_biases(int64_t chrono_steps) {
  if (options.type == RnnType::rnn) return;
  const auto second_gate = bias_ih_.narrow(0, options.hidden_size, options.hidden_size);
  second_gate.uniform_(1.0, std::max(1.0, static_cast<double>(chrono_steps - 1))).log_();
  if (options.type == RnnType::lstm) {
    bias_ih_.narrow(0, 0, options.hidden_size).copy_(-second_gate);
  }
}

std::vector<torch::Tensor> RecurrentLayerImpl::weights() const {
  if (!is_training() || (options.weight_dropout == 0.0 && options.recurrent_dropout == 0.0)) {
    return {weight_ih_, weight_hh_, bias_ih_, bias_hh_};
  }
  const auto elements = inverted_dropout(weight_hh_, options.weight_dropout, /*training=*/true);
  const auto thinned = column_dropout(elements, options.recurrent_dropout, /*training=*/true);
  if (!weight_hh_.is_cuda()) return {weight_ih_, thinned, bias_ih_, bias_hh_};
  // Copies, for cuDNN to move into one block: the parameters stay where an earlier pass saw them.
  return {weight_ih_.clone(), thinned, bias_ih_.clone(), bias_hh_.clone()};
}

RecurrentState RecurrentLayerImpl::zero_state(const torch::Tensor& inputs) const {
  const auto zeros = torch::zeros({inputs.size(1), options.hidden_size}, inputs.options());
  return {zeros, options.type == RnnType::lstm ? zeros : torch::Tensor()};
}

// cuDNN wants one layer's weights in one block; elsewhere they are fine as they are.
void RecurrentLayerImpl::flatten_for_cudnn(const std::vector<torch::Tensor>& weights) const {
  const auto storage = weights[0].storage().unsafeGetStorageImpl();
  if (!weights[0].is_cuda() || weights[1].storage().unsafeGetStorageImpl() == storage) return;
  torch::NoGradGuard no_grad;
  const auto mode = [&]() -> int64_t {
    if (options.type == RnnType::lstm) return 2;
    if (options.type == RnnType::gru) return 3;
    return options.nonlinearity == Nonlinearity::relu ? 0 : 1;
  }();
  at::_cudnn_rnn_flatten_weight(weights, 4, options.input_size, mode, options.hidden_size, 0, 1,
                                false, false);
}

RecurrentOutput RecurrentLayerImpl::forward(const torch::Tensor& inputs,
                                            const RecurrentState& state,
                                            const std::vector<torch::Tensor>& drawn) {
  TORCH_CHECK(inputs.dim() == 3 && inputs.size(2) == options.input_size,
              "recurrent layer wants [time, batch, ", options.input_size, "], got ",
              inputs.sizes());
  const auto start = state.hidden.defined() ? state : zero_state(inputs);
  if (trace_) return trace_recurrence(torch::linear(inputs, weight_ih_, bias_ih_), start, *trace_);
  if (int8_.defined()) {
    require_evaluation(*this);
    if (!wants_gradient(inputs)) return int8_.forward(inputs, start);
  }
  if (packed_.defined() && !is_training() && drawn.empty() && !wants_gradient(inputs)) {
    return packed_.forward(inputs, start);
  }
  // The fused kernels pay for reordering their weights at each call: not worth it for one step.
  const auto& seen = drawn.empty() ? weights() : drawn;
  if (inputs.size(0) == 1 && !inputs.is_cuda()) return step(inputs, start, seen);
  return sequence(inputs, start, seen);
}

void RecurrentLayerImpl::quantize() {
  if (int8_.defined()) return;
  int8_ = {options.type,
           options.nonlinearity,
           {Int8Linear(round_to_int8(weight_ih_), bias_ih_),
            Int8Linear(round_to_int8(weight_hh_), bias_hh_)}};
}

void RecurrentLayerImpl::pack(PackedType type) {
  packed_ = {options.type,
             options.nonlinearity,
             {PackedLinear(weight_ih_, bias_ih_, type), PackedLinear(weight_hh_, bias_hh_, type)}};
}

void RecurrentLayerImpl::record_in(RecurrenceTrace* trace) {
  TORCH_CHECK(!trace || !int8_.defined(), "a recurrent layer over int8 weights cannot be traced");
  trace_ = trace;
  if (trace) trace->cell = {options.type, options.nonlinearity, weight_hh_, bias_hh_};
}

RecurrentOutput RecurrentLayerImpl::step(const torch::Tensor& inputs, const RecurrentState& state,
                                         const std::vector<torch::Tensor>& weights) const {
  const auto input = inputs.squeeze(0);
  const auto &weight_ih = weights[0], &weight_hh = weights[1];
  const auto &bias_ih = weights[2], &bias_hh = weights[3];
  RecurrentState next;
  if (options.type == RnnType::lstm) {
    std::tie(next.hidden, next.cell) =
        torch::lstm_cell(input, {state.hidden, state.cell}, weight_ih, weight_hh, bias_ih, bias_hh);
  } else if (options.type == RnnType::gru) {
    next.hidden = torch::gru_cell(input, state.hidden, weight_ih, weight_hh, bias_ih, bias_hh);
  } else if (options.nonlinearity == Nonlinearity::relu) {
    next.hidden = torch::rnn_relu_cell(input, state.hidden, weight_ih, weight_hh, bias_ih, bias_hh);
  } else {
    next.hidden = torch::rnn_tanh_cell(input, state.hidden, weight_ih, weight_hh, bias_ih, bias_hh);
  }
  return {next.hidden.unsqueeze(0), next};
}

RecurrentOutput RecurrentLayerImpl::sequence(const torch::Tensor& inputs,
                                             const RecurrentState& state,
                                             const std::vector<torch::Tensor>& weights) const {
  // In fp32 oneDNN's LSTM is as fast as ours.
  const bool left_to_onednn =
      options.type == RnnType::lstm && !at::autocast::is_autocast_enabled(at::kCPU);
  if (!left_to_onednn && FusedRecurrence::takes(inputs, state, weights)) {
    return FusedRecurrence{options.type, options.nonlinearity}.forward(inputs, state, weights);
  }
  flatten_for_cudnn(weights);
  const auto hidden = state.hidden.unsqueeze(0);
  const bool train = is_training();
  RecurrentOutput output;
  torch::Tensor last_hidden;
  if (options.type == RnnType::lstm) {
    torch::Tensor last_cell;
    std::tie(output.states, last_hidden, last_cell) =
        torch::lstm(inputs, {hidden, state.cell.unsqueeze(0)}, weights, /*has_biases=*/true,
                    /*num_layers=*/1, /*dropout=*/0.0, train, /*bidirectional=*/false,
                    /*batch_first=*/false);
    output.last.cell = last_cell.squeeze(0);
  } else {
    const auto run = [&](auto&& function) {
      return function(inputs, hidden, weights, true, 1, 0.0, train, false, false);
    };
    const auto gru = [](auto&&... a) { return torch::gru(a...); };
    const auto relu = [](auto&&... a) { return torch::rnn_relu(a...); };
    const auto tanh = [](auto&&... a) { return torch::rnn_tanh(a...); };
    std::tie(output.states, last_hidden) = options.type == RnnType::gru                 ? run(gru)
                                           : options.nonlinearity == Nonlinearity::relu ? run(relu)
                                                                                        : run(tanh);
  }
  output.last.hidden = last_hidden.squeeze(0);
  return output;
}

torch::Tensor reversed_positions(const torch::Tensor& lengths, int64_t time) {
  const auto positions = torch::arange(time, lengths.options()).unsqueeze(1);
  const auto backwards = lengths.unsqueeze(0) - 1 - positions;
  return torch::where(length_mask(lengths, time), backwards, positions);
}

torch::Tensor gather_time(const torch::Tensor& sequence, const torch::Tensor& positions) {
  const int64_t time = sequence.size(0), batch = sequence.size(1);
  const auto index = positions * batch + torch::arange(batch, positions.options());
  const auto rows = sequence.contiguous().view({time * batch, -1});
  return ReorderRows::apply(rows, index.view(-1)).view({time, batch, -1});
}

}  // namespace rondo
