#pragma once

#include <torch/torch.h>

namespace rondo {

struct StepScores {
  torch::Tensor logits{};     // [rows, vocab], owned by the caller from now on
  torch::Tensor attention{};  // [rows, source_time], paid while predicting; may be undefined
};

// What a beam search asks of a model, so that it can be tested against a table. A row is one live
// hypothesis; the rows of a sentence stand side by side.
class StepScorer {
 public:
  virtual ~StepScorer() = default;

  // Feeds each row its last token [rows] int64 (<s> at first, one row a sentence) and scores the
  // next one.
  virtual StepScores step(const torch::Tensor& tokens) = 0;

  // From now on row i continues what was row rows[i]. sentences lists those that remain, by their
  // place among the present ones; undefined when all do.
  virtual void select(const torch::Tensor& rows, const torch::Tensor& sentences) = 0;
};

}  // namespace rondo
