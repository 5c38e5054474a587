#include "app/decoding/search.h"

#include <deque>
#include <memory>

#include "app/decoding/beam.h"
#include "app/decoding/ensemble_scorer.h"
#include "app/decoding/eval_scope.h"
#include "app/decoding/model_scorer.h"

namespace rondo {

std::vector<std::vector<Hypothesis>> search(Seq2SeqImpl& model, const SearchInput& input,
                                            const SearchOptions& options) {
  torch::NoGradGuard no_grad;
  EvalScope evaluating(model);
  ModelScorer scorer(model, input.source, input.lengths);
  return beam_search(scorer, input.lengths, options, input.with_attention);
}

std::vector<std::vector<Hypothesis>> search(std::span<Seq2SeqImpl* const> models,
                                            const SearchInput& input, const SearchOptions& options,
                                            const EnsembleOptions& ensemble) {
  if (models.size() == 1) return search(*models.front(), input, options);
  torch::NoGradGuard no_grad;
  std::deque<EvalScope> evaluating;
  std::vector<std::unique_ptr<StepScorer>> members;
  for (Seq2SeqImpl* model : models) {
    evaluating.emplace_back(*model);
    members.push_back(std::make_unique<ModelScorer>(*model, input.source, input.lengths));
  }
  EnsembleScorer scorer(std::move(members), ensemble);
  return beam_search(scorer, input.lengths, options, input.with_attention);
}

}  // namespace rondo
