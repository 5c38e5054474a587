#include "models/recurrence_trace.h"

#include "models/recurrent.h"

namespace rondo {
namespace {

struct Step {
  RecurrentState state;
  torch::Tensor gates;
};

Step lstm_step(const torch::Tensor& sums, const RecurrentState& state) {
  const auto parts = sums.chunk(4, 1);
  const auto input = parts[0].sigmoid(), forget = parts[1].sigmoid(), output = parts[3].sigmoid();
  Step step;
  step.state.cell = forget * state.cell + input * parts[2].tanh();
  step.state.hidden = output * step.state.cell.tanh();
  step.gates = torch::cat({input.detach(), forget.detach(), output.detach()}, 1);
  return step;
}

// As cuDNN and PyTorch: the reset gate acts on the product with the state, not on the state.
Step gru_step(const torch::Tensor& from_input, const torch::Tensor& from_hidden,
              const RecurrentState& state) {
  const auto in = from_input.chunk(3, 1), own = from_hidden.chunk(3, 1);
  const auto reset = (in[0] + own[0]).sigmoid(), update = (in[1] + own[1]).sigmoid();
  const auto fresh = (in[2] + reset * own[2]).tanh();
  Step step;
  step.state.hidden = fresh + update * (state.hidden - fresh);
  step.gates = torch::cat({reset.detach(), update.detach()}, 1);
  return step;
}

Step run_step(const RecurrentCell& cell, const torch::Tensor& from_input,
              const RecurrentState& state) {
  const auto from_hidden = torch::linear(state.hidden, cell.weight_hh, cell.bias_hh);
  if (cell.type == RnnType::lstm) return lstm_step(from_input + from_hidden, state);
  if (cell.type == RnnType::gru) return gru_step(from_input, from_hidden, state);
  const auto sums = from_input + from_hidden;
  Step step;
  step.state.hidden = cell.nonlinearity == Nonlinearity::relu ? sums.relu() : sums.tanh();
  step.gates = step.state.hidden.detach();
  return step;
}

// All of a state as one variable, from which its parts are read again, so that one gradient tells
// of both. A state that no trained weight has a part in, as in a frozen encoder, is made a variable
// of its own, so that its gradient can be asked for.
torch::Tensor join(RecurrentState& state) {
  torch::Tensor joined =
      state.cell.defined() ? torch::cat({state.hidden, state.cell}, 1) : state.hidden;
  if (torch::GradMode::is_enabled() && !joined.requires_grad()) joined.requires_grad_();
  if (!state.cell.defined()) return joined;
  const int64_t size = state.hidden.size(1);
  state = {joined.narrow(1, 0, size), joined.narrow(1, size, size)};
  return joined;
}

bool goes_on(const RecurrenceTrace& trace, const RecurrentState& state) {
  return !trace.passes.empty() && trace.passes.back().last_hidden.is_same(state.hidden);
}

RecurrentState detached(const RecurrentState& state) {
  return {state.hidden.detach(), state.cell.defined() ? state.cell.detach() : torch::Tensor()};
}

}  // namespace

RecurrentOutput trace_recurrence(const torch::Tensor& from_input, const RecurrentState& state,
                                 RecurrenceTrace& trace) {
  if (!goes_on(trace, state)) trace.passes.push_back({.start = detached(state)});
  TracedPass& pass = trace.passes.back();
  RecurrentState current = state;
  std::vector<torch::Tensor> states;
  for (const auto& input : from_input.unbind(0)) {
    Step step = run_step(trace.cell, input, current);
    pass.states.push_back(join(step.state));
    pass.from_input.push_back(input.detach());
    pass.gates.push_back(step.gates);
    states.push_back(step.state.hidden);
    current = step.state;
  }
  pass.last_hidden = current.hidden;
  return {torch::stack(states), current};
}

torch::Tensor gradient_through_time(const RecurrentCell& cell, const TracedPass& pass,
                                    const torch::Tensor& at_states) {
  const torch::AutoGradMode with_gradients(true);
  const RecurrentCell constant{cell.type, cell.nonlinearity, cell.weight_hh.detach(),
                               cell.bias_hh.detach()};
  RecurrentState state = pass.start;
  std::vector<torch::Tensor> states;
  for (const auto& input : pass.from_input) {
    state = run_step(constant, input, state).state;
    states.push_back(join(state));
  }
  const auto gradients = torch::autograd::grad({torch::stack(states)}, states, {at_states});
  return torch::stack(gradients);
}

TracingScope::TracingScope(const torch::nn::Module& network) {
  for (const auto& item : network.named_modules("", /*include_self=*/false)) {
    auto layer = std::dynamic_pointer_cast<RecurrentLayerImpl>(item.value());
    if (layer) layers_.push_back({.name = item.key(), .layer = std::move(layer)});
  }
  try {
    for (TracedLayer& traced : layers_) traced.layer->record_in(&traced.trace);
  } catch (...) {
    stop();
    throw;
  }
}

void TracingScope::stop() {
  for (TracedLayer& traced : layers_) traced.layer->record_in(nullptr);
}

}  // namespace rondo
