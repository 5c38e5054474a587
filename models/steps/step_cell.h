#pragma once

#include <torch/torch.h>

#include "models/recurrent_state.h"
#include "models/steps/cell_kernel.h"
#include "models/steps/step_matrix.h"
#include "models/steps/step_series.h"

namespace rondo {

// What one recurrent layer brings into a loop, and, in the same fields, the gradients of that.
struct CellTensors {
  torch::Tensor sums{};      // [time, rows, gates], what is known before the loop; with the biases,
                             // but for a GRU's bias_hh
  torch::Tensor weight_x{};  // [gates, input], of what each step brings
  torch::Tensor weight_hh{};       // [gates, hidden]
  torch::Tensor bias_hh{};         // [gates], GRU only
  torch::Tensor hidden{}, cell{};  // [rows, hidden], before the first step; cell: LSTM only

  template <typename Visit>
  void each(Visit visit) {
    for (auto* tensor : {&sums, &weight_x, &weight_hh, &bias_hh, &hidden, &cell}) visit(*tensor);
  }
};

// One recurrent layer, step by step there and back.
class StepCell {
 public:
  StepCell(RnnType type, Nonlinearity nonlinearity, const CellTensors& tensors, bool bf16);

  // Steps come in order; x [rows, input] -> the state [rows, hidden].
  const torch::Tensor& forward(int64_t t, const torch::Tensor& x);
  const torch::Tensor& before(int64_t t) const { return hidden_[t]; }  // [rows, hidden]
  RecurrentState last() const;

  // at_last: the gradient of last(), undefined for zeros. Once before the steps back.
  void begin_backward(const RecurrentState& at_last);
  // at_hidden: the gradient of what forward(t) gave, but for what the next step makes of it
  // -> the gradient of x, until the next step back.
  const torch::Tensor& backward(int64_t t, const torch::Tensor& at_hidden);
  // Adds to the gradient of before(t), where t is the step that backward has just seen.
  void add_to_state(const torch::Tensor& at_hidden) { at_state_.hidden += at_hidden; }
  // xs [time, rows, input], of all steps.
  CellTensors gradients(const torch::Tensor& xs) const;

 private:
  CellStep step(int64_t t) const;

  CellKind kind_;
  StepMatrix input_, recurrent_;
  StepSeries sums_, from_hidden_;  // [time, rows, gates]; the latter of a GRU only
  StepSeries hidden_, cells_;      // [time + 1, rows, hidden]; the latter of an LSTM only
  // Gradients of the same.
  StepSeries at_sums_, at_from_hidden_;
  RecurrentState at_state_;
  torch::Tensor at_x_;
};

}  // namespace rondo
