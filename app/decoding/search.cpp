#include "app/decoding/search.h"

#include "app/decoding/beam.h"
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

}  // namespace rondo
