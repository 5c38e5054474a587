#include "app/decoding/search.h"

#include <deque>
#include <memory>

#include "app/decoding/beam.h"
#include "app/decoding/ensemble_scorer.h"
#include "app/decoding/eval_scope.h"
#include "app/decoding/model_scorer.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

using Found = std::vector<std::vector<Hypothesis>>;

// The special tokens, which a search knows by number, keep their numbers in a vocabulary.
void check_vocabulary(const torch::Tensor& vocabulary) {
  if (!vocabulary.defined()) return;
  const auto first = torch::arange(kSpecialTokens, vocabulary.options());
  TORCH_CHECK(vocabulary.size(0) >= kSpecialTokens &&
                  torch::equal(vocabulary.narrow(0, 0, kSpecialTokens), first),
              "a vocabulary to search in begins with the special tokens");
}

// The search, with places in the vocabulary turned to ids in what it finds.
Found search_with(StepScorer& scorer, const SearchInput& input, const SearchOptions& options) {
  Found found = beam_search(scorer, input.lengths, options, input.with_attention);
  if (!input.vocabulary.defined()) return found;
  const auto host = input.vocabulary.to(torch::kCPU).contiguous();
  const int64_t* const ids = host.data_ptr<int64_t>();
  for (auto& hypotheses : found) {
    for (auto& hypothesis : hypotheses) {
      for (int32_t& id : hypothesis.ids) id = static_cast<int32_t>(ids[id]);
    }
  }
  return found;
}

}  // namespace

std::vector<std::vector<Hypothesis>> search(Seq2SeqImpl& model, const SearchInput& input,
                                            const SearchOptions& options) {
  torch::NoGradGuard no_grad;
  EvalScope evaluating(model);
  check_vocabulary(input.vocabulary);
  ModelScorer scorer(model, input.source, input.lengths, input.vocabulary);
  return search_with(scorer, input, options);
}

std::vector<std::vector<Hypothesis>> search(std::span<Seq2SeqImpl* const> models,
                                            const SearchInput& input, const SearchOptions& options,
                                            const EnsembleOptions& ensemble) {
  if (models.size() == 1) return search(*models.front(), input, options);
  torch::NoGradGuard no_grad;
  check_vocabulary(input.vocabulary);
  std::deque<EvalScope> evaluating;
  std::vector<std::unique_ptr<StepScorer>> members;
  for (Seq2SeqImpl* model : models) {
    evaluating.emplace_back(*model);
    members.push_back(
        std::make_unique<ModelScorer>(*model, input.source, input.lengths, input.vocabulary));
  }
  EnsembleScorer scorer(std::move(members), ensemble);
  return search_with(scorer, input, options);
}

}  // namespace rondo
