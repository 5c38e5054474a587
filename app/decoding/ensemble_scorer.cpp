#include "app/decoding/ensemble_scorer.h"

#include <cmath>

namespace rondo {

EnsembleScorer::EnsembleScorer(std::vector<std::unique_ptr<StepScorer>> members,
                               const EnsembleOptions& options)
    : members_(std::move(members)),
      weights_(member_weights(options, members_.size())),
      combine_(options.combine) {}

// Probabilities are added as logarithms: a token that all members find next to impossible keeps its
// rank.
void EnsembleScorer::add(const torch::Tensor& log_probs, double weight,
                         torch::Tensor& total) const {
  const auto share =
      combine_ == Combination::mean ? log_probs + std::log(weight) : log_probs * weight;
  if (!total.defined()) {
    total = share;
  } else if (combine_ == Combination::mean) {
    torch::logaddexp_out(total, total, share);
  } else {
    total.add_(share);
  }
}

StepScores EnsembleScorer::step(const torch::Tensor& tokens) {
  StepScores together;
  double attending = 0;  // the weights of the members that attend
  for (size_t i = 0; i < members_.size(); ++i) {
    const StepScores scores = members_[i]->step(tokens);
    add(torch::log_softmax(scores.logits, 1, torch::kFloat), weights_[i], together.logits);
    if (!scores.attention.defined()) continue;
    const auto paid = scores.attention * weights_[i];
    together.attention = together.attention.defined() ? together.attention + paid : paid;
    attending += weights_[i];
  }
  if (together.attention.defined()) together.attention = together.attention / attending;
  return together;
}

void EnsembleScorer::select(const torch::Tensor& rows, const torch::Tensor& sentences) {
  for (const auto& member : members_) member->select(rows, sentences);
}

}  // namespace rondo
