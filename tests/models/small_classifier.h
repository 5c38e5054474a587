#pragma once

#include "models/classifier.h"
#include "tests/support/tensor_checks.h"

namespace rondo {

constexpr int64_t kClassifierVocab = 9;

// A bidirectional classifier of a few units with two heads and three logits, without dropout.
inline ClassifierOptions small_classifier() {
  ClassifierOptions options;
  options.encoder = {.vocab_size = kClassifierVocab,
                     .embedding_dim = 4,
                     .hidden_size = 3,
                     .dropout = 0.0,
                     .embedding_dropout = 0.0};
  options.attention_heads = 2;
  options.outputs = 3;
  options.output_dropout = 0.0;
  return options;
}

struct NamedPooling {
  Pooling type;
  std::string name;  // in the reference cases
};

inline NamedPooling any_pooling() {
  return GENERATE(NamedPooling{Pooling::last, "last"}, NamedPooling{Pooling::mean, "mean"},
                  NamedPooling{Pooling::max, "max"}, NamedPooling{Pooling::concat, "concat"},
                  NamedPooling{Pooling::attention, "attention"});
}

// Three ragged sentences of random tokens [5, 3] and a class for each.
struct SmallLabelledBatch {
  torch::Tensor tokens = torch::randint(0, kClassifierVocab, {5, 3}, torch::kInt64);
  torch::Tensor lengths = int64s({5, 2, 4});
  torch::Tensor targets = int64s({2, 0, 1});
};

}  // namespace rondo
