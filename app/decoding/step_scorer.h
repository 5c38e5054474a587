#pragma once

#include <torch/torch.h>

#include "app/decoding/token_ranking.h"

namespace rondo {

struct StepScores {
  torch::Tensor logits{};     // [rows, vocab], owned by the caller from now on
  torch::Tensor attention{};  // [rows, source_time], paid while predicting; may be undefined
};

struct RankedStep {
  RankedTokens best{};
  torch::Tensor attention{};  // as above
};

// What a beam search asks of a model, so that it can be tested against a table. A row is one live
// hypothesis; the rows of a sentence stand side by side.
class StepScorer {
 public:
  virtual ~StepScorer() = default;

  // Feeds each row its last token [rows] int64 (<s> at first, one row a sentence) and scores the
  // next one.
  virtual StepScores step(const torch::Tensor& tokens) = 0;

  // The same for who wants no more than each row's best next tokens, at most the vocabulary.
  virtual RankedStep rank(const torch::Tensor& tokens, int64_t each, const BannedTokens& banned);

  // From now on row i continues what was row rows[i], on the CPU both. sentences lists those that
  // remain, by their place among the present ones; undefined when all do.
  virtual void select(const torch::Tensor& rows, const torch::Tensor& sentences) = 0;
};

}  // namespace rondo
