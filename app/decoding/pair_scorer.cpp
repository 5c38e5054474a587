#include "app/decoding/pair_scorer.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "app/data/batch.h"
#include "app/decoding/force_score.h"
#include "app/decoding/ready_model.h"
#include "app/machine/precision.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

TokenTable encode_all(std::span<const std::string> lines, const Tokenizer& tokenizer) {
  TokenTable table;
  for (const auto& line : lines) table.push_back(tokenizer.encode(line));
  return table;
}

PairScore to_pair_score(std::span<const int32_t> ids, std::vector<float> log_probs,
                        const Tokenizer& tokenizer) {
  PairScore score{.log_prob = std::accumulate(log_probs.begin(), log_probs.end(), 0.0),
                  .token_log_probs = std::move(log_probs)};
  for (const int32_t id : ids) score.target_pieces.push_back(tokenizer.piece(id));
  score.target_pieces.emplace_back(kEosPiece);
  return score;
}

}  // namespace

struct PairScorer::Impl {
  ReadyModel ready;
  PairScorerOptions options;

  Batch batch_of(const TokenTable& source, const TokenTable& target,
                 std::span<const int64_t> indices) const {
    Batch batch = make_batch(source, target, indices);
    batch.source = batch.source.to(ready.device);
    batch.target_in = batch.target_in.to(ready.device);
    batch.target_out = batch.target_out.to(ready.device);
    return batch;
  }
};

PairScorer::PairScorer(const std::filesystem::path& model, const PairScorerOptions& options)
    : impl_(
          new Impl{load_ready_model(model, options.device, options.precision, options.num_threads),
                   options}) {}

PairScorer::PairScorer(std::shared_ptr<TranslationModel> model, const PairScorerOptions& options)
    : impl_(new Impl{make_ready_model(std::move(model), options.precision), options}) {}

PairScorer::~PairScorer() = default;
PairScorer::PairScorer(PairScorer&&) noexcept = default;
PairScorer& PairScorer::operator=(PairScorer&&) noexcept = default;

std::vector<PairScore> PairScorer::score(std::span<const std::string> sources,
                                         std::span<const std::string> targets) {
  if (sources.size() != targets.size()) {
    throw std::invalid_argument("as many targets as sources are needed");
  }
  const auto& model = *impl_->ready.model;
  const TokenTable source = encode_all(sources, *model.source_tokenizer);
  const TokenTable target = encode_all(targets, *model.target_tokenizer);
  std::vector<int64_t> order(sources.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return target.length(a) < target.length(b); });
  const AutocastScope autocast(impl_->ready.device, impl_->ready.bf16);
  const auto size = static_cast<size_t>(std::max<int64_t>(impl_->options.batch_size, 1));
  std::vector<PairScore> scores(sources.size());
  for (size_t begin = 0; begin < order.size(); begin += size) {
    const auto indices = std::span(order).subspan(begin, std::min(size, order.size() - begin));
    auto log_probs =
        force_score(*impl_->ready.model->network, impl_->batch_of(source, target, indices));
    for (size_t i = 0; i < indices.size(); ++i) {
      scores[static_cast<size_t>(indices[i])] =
          to_pair_score(target[indices[i]], std::move(log_probs[i]), *model.target_tokenizer);
    }
  }
  return scores;
}

}  // namespace rondo
