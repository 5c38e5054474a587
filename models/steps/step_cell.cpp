#include "models/steps/step_cell.h"

namespace rondo {
namespace {

// [time + 1, rows, hidden] that begins with a state.
StepSeries states_from(const torch::Tensor& first, int64_t time) {
  const auto states = torch::empty({time + 1, first.size(0), first.size(1)}, first.options());
  states[0].copy_(first);
  return StepSeries(states);
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
      sums_(tensors.sums.clone(torch::MemoryFormat::Contiguous)),
      hidden_(states_from(tensors.hidden, sums_.time())) {
  if (type == RnnType::lstm) cells_ = states_from(tensors.cell, sums_.time());
  if (type == RnnType::gru) {
    from_hidden_ =
        StepSeries(tensors.bias_hh.expand_as(sums_.all()).clone(torch::MemoryFormat::Contiguous));
  }
}

CellStep StepCell::step(int64_t t) const {
  return {.gates = sums_.data(t),
          .from_hidden = from_hidden_.data(t),
          .hidden = hidden_.data(t),
          .cell = cells_.data(t),
          .next_hidden = hidden_.data(t + 1),
          .next_cell = cells_.data(t + 1)};
}

const torch::Tensor& StepCell::forward(int64_t t, const torch::Tensor& x) {
  input_.add_forward(x, sums_[t]);
  recurrent_.add_forward(hidden_[t], from_hidden_.defined() ? from_hidden_[t] : sums_[t]);
  cell_forward(kind_, step(t));
  return hidden_[t + 1];
}

RecurrentState StepCell::last() const {
  return {hidden_.back().clone(), cells_.defined() ? cells_.back().clone() : torch::Tensor()};
}

void StepCell::begin_backward(const RecurrentState& at_last) {
  at_state_.hidden = copy_or_zeros(at_last.hidden, hidden_.back());
  if (cells_.defined()) at_state_.cell = copy_or_zeros(at_last.cell, cells_.back());
  at_sums_ = StepSeries(torch::empty_like(sums_.all()));
  if (from_hidden_.defined()) at_from_hidden_ = StepSeries(torch::empty_like(sums_.all()));
  at_x_ = torch::empty({kind_.rows, input_.from()}, sums_.all().options());
  input_.pack_backward();
  recurrent_.pack_backward();
}

const torch::Tensor& StepCell::backward(int64_t t, const torch::Tensor& at_hidden) {
  at_state_.hidden += at_hidden;
  cell_backward(kind_, step(t),
                {.next_hidden = at_state_.hidden.data_ptr<float>(),
                 .cell = cells_.defined() ? at_state_.cell.data_ptr<float>() : nullptr,
                 .gates = at_sums_.data(t),
                 .from_hidden = at_from_hidden_.data(t),
                 .hidden = at_state_.hidden.data_ptr<float>()});
  const bool splits = from_hidden_.defined();
  recurrent_.backward(splits ? at_from_hidden_[t] : at_sums_[t], at_state_.hidden,
                      /*add=*/splits);
  input_.backward(at_sums_[t], at_x_);
  return at_x_;
}

CellTensors StepCell::gradients(const torch::Tensor& xs) const {
  const bool splits = from_hidden_.defined();
  const auto& at_products = splits ? at_from_hidden_.all() : at_sums_.all();
  const auto states = hidden_.all().narrow(0, 0, sums_.time());
  return {.sums = at_sums_.all(),
          .weight_x = input_.weight_gradient(at_sums_.all(), xs),
          .weight_hh = recurrent_.weight_gradient(at_products, states),
          .bias_hh = splits ? at_products.sum({0, 1}) : torch::Tensor(),
          .hidden = at_state_.hidden,
          .cell = at_state_.cell};
}

}  // namespace rondo
