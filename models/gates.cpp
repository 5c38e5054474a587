#include "models/gates.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "models/vector_math.h"

// The options that make vectors of these loops are in CMakeLists.txt.
namespace rondo {
namespace {

constexpr int64_t kUnitsAThread =
    16384;  // hidden units; below it threads cost more than they bring

RONDO_VECTOR_CLONES
void lstm_row(const float* __restrict x, const float* __restrict h, const float* cell,
              float* __restrict next_hidden, float* next_cell, int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float input = sigmoid(x[i] + h[i]);
    const float forget = sigmoid(x[n + i] + h[n + i]);
    const float fresh = hyperbolic_tangent(x[2 * n + i] + h[2 * n + i]);
    const float output = sigmoid(x[3 * n + i] + h[3 * n + i]);
    const float kept = forget * cell[i] + input * fresh;
    next_cell[i] = kept;
    next_hidden[i] = output * hyperbolic_tangent(kept);
  }
}

RONDO_VECTOR_CLONES
void gru_row(const float* __restrict x, const float* __restrict h, const float* hidden,
             float* next_hidden, int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float reset = sigmoid(x[i] + h[i]);
    const float update = sigmoid(x[n + i] + h[n + i]);
    const float fresh = hyperbolic_tangent(x[2 * n + i] + reset * h[2 * n + i]);
    next_hidden[i] = fresh + update * (hidden[i] - fresh);
  }
}

RONDO_VECTOR_CLONES
void tanh_row(const float* __restrict x, const float* __restrict h, float* __restrict next,
              int64_t n) {
  for (int64_t i = 0; i < n; ++i) next[i] = hyperbolic_tangent(x[i] + h[i]);
}

void relu_row(const float* __restrict x, const float* __restrict h, float* __restrict next,
              int64_t n) {
  for (int64_t i = 0; i < n; ++i) next[i] = std::max(x[i] + h[i], 0.0f);
}

// act(row) for each of the products' rows.
template <typename Action>
void each_row(const GateProducts& products, Action act) {
  const int64_t grain = std::max<int64_t>(kUnitsAThread / std::max<int64_t>(products.hidden, 1), 1);
  at::parallel_for(0, products.rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) act(row);
  });
}

}  // namespace

void lstm_gates(const GateProducts& products, const float* cell, float* next_hidden,
                float* next_cell) {
  const int64_t n = products.hidden;
  each_row(products, [&](int64_t row) {
    lstm_row(products.from_input + row * 4 * n, products.hidden_part(row, 4), cell + row * n,
             next_hidden + row * n, next_cell + row * n, n);
  });
}

void gru_gates(const GateProducts& products, const float* hidden, float* next_hidden) {
  const int64_t n = products.hidden;
  each_row(products, [&](int64_t row) {
    gru_row(products.from_input + row * 3 * n, products.hidden_part(row, 3), hidden + row * n,
            next_hidden + row * n, n);
  });
}

void rnn_gates(const GateProducts& products, Nonlinearity nonlinearity, float* next_hidden) {
  const int64_t n = products.hidden;
  const auto row_of = nonlinearity == Nonlinearity::relu ? relu_row : tanh_row;
  each_row(products, [&](int64_t row) {
    row_of(products.from_input + row * n, products.hidden_part(row, 1), next_hidden + row * n, n);
  });
}

}  // namespace rondo
