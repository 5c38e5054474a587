#include "models/steps/attention_kernel.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/vector_math.h"

namespace rondo {
namespace {

constexpr int64_t kProductsAThread = 65536;  // multiply-adds
constexpr float kNever = -std::numeric_limits<float>::infinity();

RONDO_VECTOR_CLONES
float dot(const float* __restrict x, const float* __restrict y, int64_t n) {
  float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i) sum += x[i] * y[i];
  return sum;
}

RONDO_VECTOR_CLONES
void add_scaled(float scale, const float* __restrict x, float* __restrict y, int64_t n) {
  for (int64_t i = 0; i < n; ++i) y[i] += scale * x[i];
}

RONDO_VECTOR_CLONES
float additive_score(const float* __restrict query, const float* __restrict key,
                     const float* __restrict energy, int64_t n) {
  float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
  for (int64_t i = 0; i < n; ++i) sum += energy[i] * hyperbolic_tangent(query[i] + key[i]);
  return sum;
}

struct AdditiveGradient {
  float *query = nullptr, *key = nullptr, *energy = nullptr;  // added to
};

RONDO_VECTOR_CLONES
void additive_backward(float at_score, const float* __restrict query, const float* __restrict key,
                       const float* __restrict energy, const AdditiveGradient& gradient,
                       int64_t n) {
  float* __restrict at_query = gradient.query;
  float* __restrict at_key = gradient.key;
  float* __restrict at_energy = gradient.energy;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; ++i) {
    const float pair = hyperbolic_tangent(query[i] + key[i]);
    const float at_pair = at_score * energy[i] * (1.0f - pair * pair);
    at_query[i] += at_pair;
    at_key[i] += at_pair;
    at_energy[i] += at_score * pair;
  }
}

// scores [source], -inf on padding, to weights that sum to 1.
void softmax(float* scores, int64_t source) {
  const float top = *std::max_element(scores, scores + source);
  float sum = 0.0f;
  for (int64_t s = 0; s < source; ++s) {
    scores[s] = scores[s] == kNever ? 0.0f : exponential(scores[s] - top);
    sum += scores[s];
  }
  for (int64_t s = 0; s < source; ++s) scores[s] /= sum;
}

void attend_row(const AttentionKernel& kernel, const AttentionStep& step, int64_t row) {
  const int64_t source = kernel.source;
  const float* query = step.queries + row * kernel.query;
  const float* key = kernel.keys + row * source * kernel.query;
  const float* value = kernel.values + row * source * kernel.memory;
  const float* bias = kernel.bias + row * source;
  float* weights = step.weights + row * source;
  float* context = step.context + row * kernel.memory;
  for (int64_t s = 0; s < source; ++s, key += kernel.query) {
    weights[s] = bias[s] == kNever ? kNever
                 : kernel.energy   ? additive_score(query, key, kernel.energy, kernel.query)
                                   : kernel.scale * dot(query, key, kernel.query);
  }
  softmax(weights, source);
  std::fill_n(context, kernel.memory, 0.0f);
  for (int64_t s = 0; s < source; ++s, value += kernel.memory) {
    if (weights[s] != 0.0f) add_scaled(weights[s], value, context, kernel.memory);
  }
}

void attend_row_backward(const AttentionKernel& kernel, const AttentionStep& step,
                         const AttentionStepGradient& gradient, int64_t row) {
  const int64_t source = kernel.source, n = kernel.query;
  const float* query = step.queries + row * n;
  const float* weights = step.weights + row * source;
  const float* value = kernel.values + row * source * kernel.memory;
  const float* key = kernel.keys + row * source * n;
  float* at_scores = gradient.scores + row * source;
  float* at_query = gradient.queries + row * n;
  float mean = 0.0f;
  for (int64_t s = 0; s < source; ++s, value += kernel.memory) {
    if (weights[s] == 0.0f) continue;
    at_scores[s] = dot(gradient.context + row * kernel.memory, value, kernel.memory);
    if (gradient.weights) at_scores[s] += gradient.weights[row * source + s];
    mean += weights[s] * at_scores[s];
  }
  std::fill_n(at_query, n, 0.0f);
  for (int64_t s = 0; s < source; ++s, key += n) {
    at_scores[s] = weights[s] == 0.0f ? 0.0f : weights[s] * (at_scores[s] - mean) * kernel.scale;
    if (at_scores[s] == 0.0f) continue;
    if (kernel.energy) {
      additive_backward(
          at_scores[s], query, key, kernel.energy,
          {at_query, gradient.keys + (row * source + s) * n, gradient.energy + row * n}, n);
    } else {
      add_scaled(at_scores[s], key, at_query, n);
    }
  }
}

template <typename Action>
void each_sentence(const AttentionKernel& kernel, Action act) {
  const int64_t work = std::max<int64_t>(kernel.source * (kernel.query + kernel.memory), 1);
  const int64_t grain = std::max<int64_t>(kProductsAThread / work, 1);
  at::parallel_for(0, kernel.rows, grain, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) act(row);
  });
}

}  // namespace

void attend(const AttentionKernel& kernel, const AttentionStep& step) {
  each_sentence(kernel, [&](int64_t row) { attend_row(kernel, step, row); });
}

void attend_backward(const AttentionKernel& kernel, const AttentionStep& step,
                     const AttentionStepGradient& gradient) {
  each_sentence(kernel, [&](int64_t row) { attend_row_backward(kernel, step, gradient, row); });
}

}  // namespace rondo
