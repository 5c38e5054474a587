#include "app/decoding/step_scorer.h"

#include "app/decoding/logit_ranking.h"

namespace rondo {

RankedStep StepScorer::rank(const torch::Tensor& tokens, int64_t each, const BannedTokens& banned) {
  const StepScores scores = step(tokens);
  return {rank_logits(scores.logits, each, banned), scores.attention};
}

}  // namespace rondo
