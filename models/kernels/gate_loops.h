#pragma once

#include "models/kernels/gate_kernel.h"
#include "models/vector_math.h"

// The body of every gate kernel; as with panel_tiles.h, compiled with options of its own in each
// file that includes it. Arrays overlap only where gate_kernel.h says so, place by place, which the
// pragmas tell the compiler.
namespace rondo {

template <class Tag>
struct GateLoops {
  template <bool kKeeps>
  static void lstm_loop(const GateRow& row) {
    const int64_t n = row.size;
    const float *x = row.from_input, *h = row.from_hidden, *cell = row.before;
    float *kept = row.kept, *next_hidden = row.next_hidden, *next_cell = row.next_cell;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; ++i) {
      const float input = sigmoid(x[i] + h[i]);
      const float forget = sigmoid(x[n + i] + h[n + i]);
      const float fresh = hyperbolic_tangent(x[2 * n + i] + h[2 * n + i]);
      const float output = sigmoid(x[3 * n + i] + h[3 * n + i]);
      const float after = forget * cell[i] + input * fresh;
      next_cell[i] = after;
      next_hidden[i] = output * hyperbolic_tangent(after);
      if constexpr (kKeeps) {
        kept[i] = input;
        kept[n + i] = forget;
        kept[2 * n + i] = fresh;
        kept[3 * n + i] = output;
      }
    }
  }

  static void lstm(const GateRow& row) { row.kept ? lstm_loop<true>(row) : lstm_loop<false>(row); }

  static void lstm_gradient(const GateGradientRow& row) {
    const int64_t n = row.size;
    const float *kept = row.kept, *before = row.before, *after = row.after, *at = row.at_output;
    float *hidden = row.hidden, *cell = row.cell, *gates = row.gates;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; ++i) {
      const float input = kept[i], forget = kept[n + i], fresh = kept[2 * n + i];
      const float output = kept[3 * n + i], squashed = hyperbolic_tangent(after[i]);
      const float at_hidden = hidden[i] + at[i];
      const float at_cell = cell[i] + at_hidden * output * (1.0f - squashed * squashed);
      gates[i] = at_cell * fresh * input * (1.0f - input);
      gates[n + i] = at_cell * before[i] * forget * (1.0f - forget);
      gates[2 * n + i] = at_cell * input * (1.0f - fresh * fresh);
      gates[3 * n + i] = at_hidden * squashed * output * (1.0f - output);
      cell[i] = at_cell * forget;
    }
  }

  template <bool kKeeps>
  static void gru_loop(const GateRow& row) {
    const int64_t n = row.size;
    const float *x = row.from_input, *h = row.from_hidden, *before = row.before;
    float *kept = row.kept, *next_hidden = row.next_hidden;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; ++i) {
      const float reset = sigmoid(x[i] + h[i]);
      const float update = sigmoid(x[n + i] + h[n + i]);
      const float own = h[2 * n + i];
      const float fresh = hyperbolic_tangent(x[2 * n + i] + reset * own);
      next_hidden[i] = fresh + update * (before[i] - fresh);
      if constexpr (kKeeps) {
        kept[i] = reset;
        kept[n + i] = update;
        kept[2 * n + i] = fresh;
        kept[3 * n + i] = own;
      }
    }
  }

  static void gru(const GateRow& row) { row.kept ? gru_loop<true>(row) : gru_loop<false>(row); }

  static void gru_gradient(const GateGradientRow& row) {
    const int64_t n = row.size;
    const float *kept = row.kept, *before = row.before, *at = row.at_output;
    float *hidden = row.hidden, *gates = row.gates;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; ++i) {
      const float reset = kept[i], update = kept[n + i], fresh = kept[2 * n + i];
      const float at_hidden = hidden[i] + at[i];
      const float at_fresh = at_hidden * (1.0f - update) * (1.0f - fresh * fresh);
      gates[i] = at_fresh;
      gates[n + i] = at_fresh * kept[3 * n + i] * reset * (1.0f - reset);
      gates[2 * n + i] = at_hidden * (before[i] - fresh) * update * (1.0f - update);
      gates[3 * n + i] = at_fresh * reset;
      hidden[i] = at_hidden * update;
    }
  }

  static void tanh(const GateRow& row) {
    const float *x = row.from_input, *h = row.from_hidden;
    float* next = row.next_hidden;
#pragma GCC ivdep
    for (int64_t i = 0; i < row.size; ++i) next[i] = hyperbolic_tangent(x[i] + h[i]);
  }

  static void tanh_gradient(const GateGradientRow& row) {
    const float *after = row.after, *at = row.at_output, *hidden = row.hidden;
    float* gates = row.gates;
#pragma GCC ivdep
    for (int64_t i = 0; i < row.size; ++i) {
      gates[i] = (hidden[i] + at[i]) * (1.0f - after[i] * after[i]);
    }
  }

  // What is no number stays so.
  static void relu(const GateRow& row) {
    const float *x = row.from_input, *h = row.from_hidden;
    float* next = row.next_hidden;
#pragma GCC ivdep
    for (int64_t i = 0; i < row.size; ++i) {
      const float sum = x[i] + h[i];
      next[i] = sum < 0.0f ? 0.0f : sum;
    }
  }

  static void relu_gradient(const GateGradientRow& row) {
    const float *after = row.after, *at = row.at_output, *hidden = row.hidden;
    float* gates = row.gates;
#pragma GCC ivdep
    for (int64_t i = 0; i < row.size; ++i) {
      gates[i] = after[i] > 0.0f ? hidden[i] + at[i] : 0.0f;
    }
  }

  static constexpr GateKernel kernel() {
    return {lstm, gru, tanh, relu, lstm_gradient, gru_gradient, tanh_gradient, relu_gradient};
  }
};

}  // namespace rondo
