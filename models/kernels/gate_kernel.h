#pragma once

#include <cstdint>

#include "models/kernels/instruction_set.h"
#include "models/options.h"

// The arithmetic of a recurrent step behind its matrix products, forwards and backwards, for one
// row of a batch. sigmoid and tanh are exact to 2e-7.
namespace rondo {

// Gates side by side as a layer's weights order them, biases added.
struct GateRow {
  const float* from_input = nullptr;   // [gates * size]
  const float* from_hidden = nullptr;  // [gates * size]
  const float* before = nullptr;       // [size], an LSTM's cell, a GRU's hidden state
  // What the gradient needs, or null: i, f, g, o of an LSTM; r, z, n and n's part from the state of
  // a GRU. It may lie where from_input lies.
  float* kept = nullptr;         // [4 * size]
  float* next_hidden = nullptr;  // [size]
  float* next_cell = nullptr;    // [size], LSTM only; may be `before`
  int64_t size = 0;
};

struct GateGradientRow {
  const float* kept = nullptr;       // as above
  const float* before = nullptr;     // as above
  const float* after = nullptr;      // [size], an LSTM's next cell, a simple RNN's next state
  const float* at_output = nullptr;  // [size], what the loss sends to the next state itself
  // [size]: of the next state, from the step behind it, without at_output; turned into the GRU's
  // own part of the gradient at the state before, for the product with the weights to be added.
  float* hidden = nullptr;
  float* cell =
      nullptr;  // [size], LSTM only: of the next cell, turned into that of the cell before
  // Of the sums: [4 * size] i, f, g, o of an LSTM; n (of the input's sum), r, z, n (of the state's
  // sum) of a GRU, so that either sum's gates lie together; [size] of a simple RNN.
  float* gates = nullptr;
  int64_t size = 0;
};

using GateFunction = void (*)(const GateRow&);
using GateGradientFunction = void (*)(const GateGradientRow&);

struct GateKernel {
  GateFunction lstm = nullptr, gru = nullptr, tanh = nullptr, relu = nullptr;
  GateGradientFunction lstm_gradient = nullptr, gru_gradient = nullptr, tanh_gradient = nullptr,
                       relu_gradient = nullptr;

  GateFunction of(RnnType type, Nonlinearity nonlinearity) const;
  GateGradientFunction gradient_of(RnnType type, Nonlinearity nonlinearity) const;
};

const GateKernel& gate_kernel(InstructionSet instructions);

// One in each file of its own compile options.
extern const GateKernel kGenericGates, kAvx2Gates, kAvx512Gates;

}  // namespace rondo
