#include "models/softmax_rows.h"

#include <bit>
#include <cmath>
#include <limits>

#include "models/vector_math.h"

namespace rondo {
namespace {

RONDO_INLINE float to_float(float value) { return value; }
RONDO_INLINE float to_float(uint16_t bits) {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

RONDO_INLINE void store(float value, float& place) { place = value; }
// To the nearest, ties to even. A NaN stays one: those of arithmetic have a bit above the last 16.
RONDO_INLINE void store(float value, uint16_t& place) {
  const auto bits = std::bit_cast<uint32_t>(value);
  place = static_cast<uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

template <class T>
RONDO_INLINE void softmax_row(T* __restrict scores, const SoftmaxBlock<T>& block,
                              float* __restrict log_sum) {
  float* __restrict const row = block.scratch;
  float* __restrict const sums = block.column_sums;
  const float* __restrict const bias = block.bias;
  const int64_t n = block.vocab;
  float top = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : top)
  for (int64_t i = 0; i < n; ++i) {
    row[i] = to_float(scores[i]) + bias[i];
    top = row[i] > top ? row[i] : top;
  }
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i) {
    row[i] = exponential(row[i] - top);
    sum += row[i];
  }
  const float scale = 1.0F / sum;
#pragma omp simd
  for (int64_t i = 0; i < n; ++i) {
    const float probability = row[i] * scale;
    sums[i] += probability;
    store(probability, scores[i]);
  }
  *log_sum = top + std::log(sum);
}

}  // namespace

RONDO_VECTOR_CLONES
void softmax_rows(const SoftmaxBlock<float>& block) {
  for (int64_t r = 0; r < block.rows; ++r) {
    softmax_row(block.scores + r * block.vocab, block, block.log_sum + r);
  }
}

RONDO_VECTOR_CLONES
void softmax_rows(const SoftmaxBlock<uint16_t>& block) {
  for (int64_t r = 0; r < block.rows; ++r) {
    softmax_row(block.scores + r * block.vocab, block, block.log_sum + r);
  }
}

}  // namespace rondo
