#include "models/steps/cell_kernel.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "models/vector_math.h"

namespace rondo {
namespace {

constexpr int64_t kUnitsAThread = 8192;  // hidden units; below it threads cost more than they bring

RONDO_VECTOR_CLONES
void lstm_forward(const CellStep& step, int64_t n) {
  float* __restrict gates = step.gates;
  float* __restrict next_cell = step.next_cell;
  float* __restrict next_hidden = step.next_hidden;
  const float* cell = step.cell;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float input = sigmoid(gates[i]), forget = sigmoid(gates[n + i]);
    const float fresh = hyperbolic_tangent(gates[2 * n + i]), output = sigmoid(gates[3 * n + i]);
    const float kept = forget * cell[i] + input * fresh;
    gates[i] = input;
    gates[n + i] = forget;
    gates[2 * n + i] = fresh;
    gates[3 * n + i] = output;
    next_cell[i] = kept;
    next_hidden[i] = output * hyperbolic_tangent(kept);
  }
}

RONDO_VECTOR_CLONES
void lstm_backward(const CellStep& step, const CellStepGradient& gradient, int64_t n) {
  const float* __restrict gates = step.gates;
  const float *cell = step.cell, *next_cell = step.next_cell, *at_hidden = gradient.next_hidden;
  float* __restrict at_gates = gradient.gates;
  float* __restrict at_cell = gradient.cell;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float input = gates[i], forget = gates[n + i], fresh = gates[2 * n + i];
    const float output = gates[3 * n + i], told = hyperbolic_tangent(next_cell[i]);
    const float at_kept = at_cell[i] + at_hidden[i] * output * (1.0f - told * told);
    at_gates[i] = at_kept * fresh * input * (1.0f - input);
    at_gates[n + i] = at_kept * cell[i] * forget * (1.0f - forget);
    at_gates[2 * n + i] = at_kept * input * (1.0f - fresh * fresh);
    at_gates[3 * n + i] = at_hidden[i] * told * output * (1.0f - output);
    at_cell[i] = at_kept * forget;
  }
}

RONDO_VECTOR_CLONES
void gru_forward(const CellStep& step, int64_t n) {
  float* __restrict gates = step.gates;
  float* __restrict next_hidden = step.next_hidden;
  const float *from_hidden = step.from_hidden, *hidden = step.hidden;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float reset = sigmoid(gates[i] + from_hidden[i]);
    const float update = sigmoid(gates[n + i] + from_hidden[n + i]);
    const float fresh = hyperbolic_tangent(gates[2 * n + i] + reset * from_hidden[2 * n + i]);
    gates[i] = reset;
    gates[n + i] = update;
    gates[2 * n + i] = fresh;
    next_hidden[i] = fresh + update * (hidden[i] - fresh);
  }
}

RONDO_VECTOR_CLONES
void gru_backward(const CellStep& step, const CellStepGradient& gradient, int64_t n) {
  const float* __restrict gates = step.gates;
  const float *from_hidden = step.from_hidden, *hidden = step.hidden;
  const float* at_next = gradient.next_hidden;
  float* __restrict at_gates = gradient.gates;
  float* __restrict at_products = gradient.from_hidden;
  float* at_hidden = gradient.hidden;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float reset = gates[i], update = gates[n + i], fresh = gates[2 * n + i];
    const float at_update = at_next[i] * (hidden[i] - fresh) * update * (1.0f - update);
    const float at_fresh = at_next[i] * (1.0f - update) * (1.0f - fresh * fresh);
    const float at_reset = at_fresh * from_hidden[2 * n + i] * reset * (1.0f - reset);
    at_gates[i] = at_products[i] = at_reset;
    at_gates[n + i] = at_products[n + i] = at_update;
    at_gates[2 * n + i] = at_fresh;
    at_products[2 * n + i] = at_fresh * reset;
    at_hidden[i] = at_next[i] * update;
  }
}

RONDO_VECTOR_CLONES
void tanh_forward(const CellStep& step, int64_t n) {
  float* __restrict gates = step.gates;
  float* __restrict next_hidden = step.next_hidden;
  for (int64_t i = 0; i < n; ++i) next_hidden[i] = gates[i] = hyperbolic_tangent(gates[i]);
}

RONDO_VECTOR_CLONES
void tanh_backward(const CellStep& step, const CellStepGradient& gradient, int64_t n) {
  const float *states = step.gates, *at_hidden = gradient.next_hidden;
  float* __restrict at_gates = gradient.gates;
  for (int64_t i = 0; i < n; ++i) at_gates[i] = at_hidden[i] * (1.0f - states[i] * states[i]);
}

void relu_forward(const CellStep& step, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    step.next_hidden[i] = step.gates[i] = std::max(step.gates[i], 0.0f);
  }
}

void relu_backward(const CellStep& step, const CellStepGradient& gradient, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    gradient.gates[i] = step.gates[i] > 0.0f ? gradient.next_hidden[i] : 0.0f;
  }
}

template <typename Pointer>
void move_by(Pointer& pointer, int64_t distance) {
  if (pointer) pointer += distance;
}

// The step of one row of many.
CellStep row_of(const CellKind& kind, CellStep step, int64_t row) {
  move_by(step.gates, row * kind.gates() * kind.hidden);
  move_by(step.from_hidden, row * kind.gates() * kind.hidden);
  for (const auto pointer : {&step.hidden, &step.cell}) move_by(*pointer, row * kind.hidden);
  for (const auto pointer : {&step.next_hidden, &step.next_cell}) {
    move_by(*pointer, row * kind.hidden);
  }
  return step;
}

CellStepGradient row_of(const CellKind& kind, CellStepGradient gradient, int64_t row) {
  for (const auto pointer : {&gradient.gates, &gradient.from_hidden}) {
    move_by(*pointer, row * kind.gates() * kind.hidden);
  }
  for (const auto pointer : {&gradient.cell, &gradient.hidden}) {
    move_by(*pointer, row * kind.hidden);
  }
  move_by(gradient.next_hidden, row * kind.hidden);
  return gradient;
}

template <typename Action>
void each_row(const CellKind& kind, Action act) {
  const int64_t grain = std::max<int64_t>(kUnitsAThread / std::max<int64_t>(kind.hidden, 1), 1);
  at::parallel_for(0, kind.rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) act(row);
  });
}

}  // namespace

void cell_forward(const CellKind& kind, const CellStep& step) {
  const bool relu = kind.nonlinearity == Nonlinearity::relu;
  const auto run = kind.type == RnnType::lstm  ? lstm_forward
                   : kind.type == RnnType::gru ? gru_forward
                   : relu                      ? relu_forward
                                               : tanh_forward;
  each_row(kind, [&](int64_t row) { run(row_of(kind, step, row), kind.hidden); });
}

void cell_backward(const CellKind& kind, const CellStep& step, const CellStepGradient& gradient) {
  const bool relu = kind.nonlinearity == Nonlinearity::relu;
  const auto run = kind.type == RnnType::lstm  ? lstm_backward
                   : kind.type == RnnType::gru ? gru_backward
                   : relu                      ? relu_backward
                                               : tanh_backward;
  each_row(kind, [&](int64_t row) {
    run(row_of(kind, step, row), row_of(kind, gradient, row), kind.hidden);
  });
}

}  // namespace rondo
