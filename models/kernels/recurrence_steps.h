#pragma once

#include <cstdint>

#include "models/kernels/gate_kernel.h"
#include "models/kernels/packed_matrix.h"

// A recurrent layer's steps over whole sequences, forwards and backwards, for some rows of the
// batch: rows know nothing of one another, so that threads which share them never wait. The
// products of all inputs, and the weights' gradients, are made before and after in one call each.
namespace rondo {

struct RecurrenceShape {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t time = 0, batch = 0, hidden = 0;

  int64_t gates() const { return type == RnnType::lstm ? 4 : type == RnnType::gru ? 3 : 1; }
  // Width of a step's row of gates: a GRU's has a place for its state's part of n.
  int64_t row_size() const { return (type == RnnType::rnn ? 1 : 4) * hidden; }
};

// All float32. A cell is an LSTM's.
struct RecurrenceSteps {
  RecurrenceShape shape{};
  const PackedMatrix* weight_hh = nullptr;  // [gates * hidden, hidden]
  const float* bias_hh = nullptr;           // [gates * hidden]
  const float* first_hidden = nullptr;      // [batch, hidden]
  const float* first_cell = nullptr;        // [batch, hidden]
  float* gates = nullptr;   // [time, batch, row_size] W_ih x + b_ih, turned into what is kept
  bool keep = true;         // for the gradient; else gates stay as they are
  float* states = nullptr;  // [time, batch, hidden]
  float* cells = nullptr;   // [time, batch, hidden]
  InstructionSet instructions = best_instructions();

  void run(int64_t begin, int64_t end) const;  // rows of the batch
};

struct RecurrenceGradientSteps {
  RecurrenceShape shape{};
  const PackedMatrix* weight_hh = nullptr;  // transposed, [hidden, gates * hidden]
  const float* first_hidden = nullptr;
  const float* first_cell = nullptr;
  const float* kept = nullptr;       // [time, batch, row_size]
  const float* states = nullptr;     // [time, batch, hidden]
  const float* cells = nullptr;      // [time, batch, hidden]
  const float* at_states = nullptr;  // [time, batch, hidden]
  float* gates = nullptr;            // [time, batch, row_size], see GateGradientRow
  float* at_hidden = nullptr;        // [batch, hidden]: of the last hidden state, made of the first
  float* at_cell = nullptr;          // [batch, hidden]: of the last cell, made of the first
  InstructionSet instructions = best_instructions();

  void run(int64_t begin, int64_t end) const;
};

}  // namespace rondo
