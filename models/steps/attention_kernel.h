#pragma once

#include <cstdint>

// One decoder step's attention, forward and backward, in one pass over a sentence's keys and values
// each, while they are in the cache. Float32.
namespace rondo {

struct AttentionKernel {
  int64_t rows = 0, source = 0, query = 0, memory = 0;
  const float* keys = nullptr;    // [rows, source, query]
  const float* values = nullptr;  // [rows, source, memory]
  const float* bias = nullptr;    // [rows, source], 0 on real tokens, -inf on padding
  float scale = 1.0f;             // of query times key
  // [query]: additive attention, score = energy . tanh(query + key), so that queries are already
  // projected; null: score = scale * query . key.
  const float* energy = nullptr;
};

struct AttentionStep {
  const float* queries = nullptr;  // [rows, query]
  float* weights = nullptr;        // [rows, source], out; 0 on padding
  float* context = nullptr;        // [rows, memory], out
};

struct AttentionStepGradient {
  const float* context = nullptr;  // [rows, memory]
  const float* weights = nullptr;  // [rows, source], or null
  float* scores = nullptr;         // [rows, source], out, by query . key or the energy's sum
  float* queries = nullptr;        // [rows, query], out
  // Additive attention only, added to: there they need what only this pass sees.
  float* keys = nullptr;    // [rows, source, query]
  float* energy = nullptr;  // [rows, query], each row's share
};

void attend(const AttentionKernel& kernel, const AttentionStep& step);
// step as attend left it.
void attend_backward(const AttentionKernel& kernel, const AttentionStep& step,
                     const AttentionStepGradient& gradient);

}  // namespace rondo
