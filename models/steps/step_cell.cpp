#include "models/steps/step_cell.h"

namespace rondo {
namespace {

float* data_of(const std::vector<torch::Tensor>& steps, int64_t t) {
  return steps.empty() ? nullptr : steps[static_cast<size_t>(t)].data_ptr<float>();
}

// [time + 1, rows, hidden] that begins with a state.
torch::Tensor states_from(const torch::Tensor& first, int64_t time) {
  auto states = torch::empty({time + 1, first.size(0), first.size(1)}, first.options());
  states[0].copy_(first);
  return states;
}

torch::Tensor copy_or_zeros(const torch::Tensor& gradient, const torch::Tensor& like) {
  return gradient.defined()
             ? gradient.to(torch::kFloat, /*non_blocking=*/false, /*copy=*/true).contiguous()
             : torch::zeros_like(like);
}

}  // namespace

StepCell::StepCell(RnnType type, Nonlinearity nonlinearity, const CellTensors& tensors, bool bf16)
    : kind_{type, nonlinearity, tensors.sums.size(1), tensors.hidden.size(1)},
      input_(tensors.weight_x, bf16),
      recurrent_(tensors.weight_hh, bf16),
      all_sums_(tensors.sums.clone(torch::MemoryFormat::Contiguous)),
      sums_(all_sums_.unbind(0)) {
  const int64_t time = all_sums_.size(0);
  all_hidden_ = states_from(tensors.hidden, time);
  hidden_ = all_hidden_.unbind(0);
  if (type == RnnType::lstm) {
    all_cells_ = states_from(tensors.cell, time);
    cells_ = all_cells_.unbind(0);
  }
  if (type == RnnType::gru) {
    all_from_hidden_ = tensors.bias_hh.expand_as(all_sums_).clone(torch::MemoryFormat::Contiguous);
    from_hidden_ = all_from_hidden_.unbind(0);
  }
}

CellStep StepCell::step(int64_t t) const {
  return {.gates = data_of(sums_, t),
          .from_hidden = data_of(from_hidden_, t),
          .hidden = data_of(hidden_, t),
          .cell = data_of(cells_, t),
          .next_hidden = data_of(hidden_, t + 1),
          .next_cell = data_of(cells_, t + 1)};
}

const torch::Tensor& StepCell::forward(int64_t t, const torch::Tensor& x) {
  input_.add_forward(x, sums_[t]);
  recurrent_.add_forward(hidden_[t], from_hidden_.empty() ? sums_[t] : from_hidden_[t]);
  cell_forward(kind_, step(t));
  return hidden_[t + 1];
}

RecurrentState StepCell::last() const {
  return {hidden_.back().clone(), cells_.empty() ? torch::Tensor() : cells_.back().clone()};
}

void StepCell::begin_backward(const RecurrentState& at_last) {
  at_state_.hidden = copy_or_zeros(at_last.hidden, hidden_.back());
  if (!cells_.empty()) at_state_.cell = copy_or_zeros(at_last.cell, cells_.back());
  at_sums_ = torch::empty_like(all_sums_);
  if (!from_hidden_.empty()) at_from_hidden_ = torch::empty_like(all_sums_);
}

torch::Tensor StepCell::backward(int64_t t, const torch::Tensor& at_hidden) {
  const auto at_next = at_state_.hidden + at_hidden;
  const auto at_sums = at_sums_[t];
  const bool splits = at_from_hidden_.defined();
  const auto at_products = splits ? at_from_hidden_[t] : at_sums;
  cell_backward(kind_, step(t),
                {.next_hidden = at_next.data_ptr<float>(),
                 .cell = at_state_.cell.defined() ? at_state_.cell.data_ptr<float>() : nullptr,
                 .gates = at_sums.data_ptr<float>(),
                 .from_hidden = splits ? at_products.data_ptr<float>() : nullptr,
                 .hidden = at_state_.hidden.data_ptr<float>()});
  const auto through_products = recurrent_.backward(at_products);
  at_state_.hidden = splits ? at_state_.hidden + through_products : through_products;
  return input_.backward(at_sums);
}

CellTensors StepCell::gradients(const torch::Tensor& xs) const {
  const bool splits = at_from_hidden_.defined();
  const auto& at_products = splits ? at_from_hidden_ : at_sums_;
  const int64_t time = at_sums_.size(0);
  return {.sums = at_sums_,
          .weight_x = input_.weight_gradient(at_sums_, xs),
          .weight_hh = recurrent_.weight_gradient(at_products, all_hidden_.narrow(0, 0, time)),
          .bias_hh = splits ? at_products.sum({0, 1}) : torch::Tensor(),
          .hidden = at_state_.hidden,
          .cell = at_state_.cell};
}

}  // namespace rondo
