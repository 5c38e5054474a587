#pragma once

#include <cstdint>

#include "models/options.h"

// A recurrent cell behind its matrix products, forward and backward, in one pass over memory each.
// Rows are those of a batch, side by side; all is float32.
namespace rondo {

struct CellKind {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t rows = 0, hidden = 0;
  int64_t gates() const { return type == RnnType::lstm ? 4 : type == RnnType::gru ? 3 : 1; }
};

// One step. Gates are i, f, g, o of an LSTM and r, z, n of a GRU.
struct CellStep {
  float* gates = nullptr;              // [rows, gates * hidden], sums in, their functions out
  const float* from_hidden = nullptr;  // GRU: W_hh h + b_hh, which the sums then do not hold
  const float* hidden = nullptr;       // [rows, hidden], before the step
  const float* cell = nullptr;         // LSTM
  float* next_hidden = nullptr;
  float* next_cell = nullptr;  // LSTM
};

// Gradients of the same step.
struct CellStepGradient {
  const float* next_hidden = nullptr;  // [rows, hidden]
  float* cell = nullptr;               // LSTM: by the cell after the step in, before it out
  float* gates = nullptr;              // out, by the sums
  float* from_hidden = nullptr;        // GRU, out
  float* hidden = nullptr;  // GRU, out: what does not go through from_hidden; may be next_hidden
};

void cell_forward(const CellKind& kind, const CellStep& step);
// step as cell_forward left it.
void cell_backward(const CellKind& kind, const CellStep& step, const CellStepGradient& gradient);

}  // namespace rondo
