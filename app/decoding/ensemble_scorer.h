#pragma once

#include <memory>
#include <vector>

#include "app/decoding/ensemble_options.h"
#include "app/decoding/step_scorer.h"

namespace rondo {

// Several models as one. Each keeps its own state for the same rows; their distributions of the
// next token, over one vocabulary, become one, and so does their attention.
class EnsembleScorer : public StepScorer {
 public:
  // At least one member. Throws ConfigError as member_weights does.
  EnsembleScorer(std::vector<std::unique_ptr<StepScorer>> members, const EnsembleOptions& options);

  // The logits are log-probabilities, normalised with Combination::mean. attention: the weighted
  // mean over the members that attend.
  StepScores step(const torch::Tensor& tokens) override;
  void select(const torch::Tensor& rows, const torch::Tensor& sentences) override;

 private:
  void add(const torch::Tensor& log_probs, double weight, torch::Tensor& total) const;

  std::vector<std::unique_ptr<StepScorer>> members_;
  std::vector<double> weights_;  // of each member, with the sum 1
  Combination combine_ = Combination::mean;
};

}  // namespace rondo
