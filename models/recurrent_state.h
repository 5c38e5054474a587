#pragma once

#include <torch/torch.h>

namespace rondo {

// The state of one recurrent layer between steps.
struct RecurrentState {
  torch::Tensor hidden;  // [batch, hidden]
  torch::Tensor cell;    // [batch, hidden], LSTM only; undefined otherwise
};

// Rows of a state, in the order given by rows [n] int64.
RecurrentState select_rows(const RecurrentState& state, const torch::Tensor& rows);

struct RecurrentOutput {
  torch::Tensor states;  // [time, batch, hidden]
  RecurrentState last;   // after the last step
};

}  // namespace rondo
