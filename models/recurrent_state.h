#pragma once

#include <torch/torch.h>

namespace rondo {

// Which rows of a state are copies of one another, as a beam search leaves them where several
// hypotheses continue one: what depends on the state alone is then computed once a kind. On the
// CPU.
struct EqualRows {
  torch::Tensor first{};  // [kinds] int64, a row of each kind
  torch::Tensor kind{};   // [rows] int64

  bool defined() const { return first.defined(); }
  const int64_t* kinds() const { return defined() ? kind.const_data_ptr<int64_t>() : nullptr; }
};

// Of the rows that were taken from sources [rows] int64, on the CPU; undefined where none is equal
// to another.
EqualRows equal_rows(const torch::Tensor& sources);

// The state of one recurrent layer between steps.
struct RecurrentState {
  torch::Tensor hidden{};  // [batch, hidden]
  torch::Tensor cell{};    // [batch, hidden], LSTM only; undefined otherwise
  EqualRows equal{};       // where it is known; a hint that no result depends on
};

// Rows of a state, in the order given by rows [n] int64.
RecurrentState select_rows(const RecurrentState& state, const torch::Tensor& rows);

struct RecurrentOutput {
  torch::Tensor states;  // [time, batch, hidden]
  RecurrentState last;   // after the last step
};

}  // namespace rondo
