#pragma once

#include <cstdint>

#include "models/options.h"

// The arithmetic of a recurrent step behind its two matrix products, in one pass over memory. Used
// in evaluation, where the products cost so little that separate calls for each sigmoid would
// cost more. sigmoid and tanh are exact to 2e-7.
namespace rondo {

// Rows of gates side by side as a layer's weights order them, float32, biases added.
struct GateProducts {
  const float* from_input = nullptr;   // [rows, gates * hidden], W_ih x + b_ih
  const float* from_hidden = nullptr;  // [state rows, gates * hidden], W_hh h + b_hh
  int64_t rows = 0, hidden = 0;
  const int64_t* state_rows = nullptr;  // [rows], the row of from_hidden for each; null = its own

  const float* hidden_part(int64_t row, int64_t gates) const {
    return from_hidden + (state_rows ? state_rows[row] : row) * gates * hidden;
  }
};

// cell, next_hidden, next_cell [rows, hidden]; gates i, f, g, o.
void lstm_gates(const GateProducts& products, const float* cell, float* next_hidden,
                float* next_cell);

// hidden, next_hidden [rows, hidden]; gates r, z, n (Cho et al. 2014, with r after the product).
void gru_gates(const GateProducts& products, const float* hidden, float* next_hidden);

// next_hidden [rows, hidden]; the one gate of Elman's network.
void rnn_gates(const GateProducts& products, Nonlinearity nonlinearity, float* next_hidden);

}  // namespace rondo
