#include "app/decoding/pair_scorer.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

using TokenScores = std::vector<std::vector<float>>;  // of each sentence's tokens

// The log of the weighted mean of the members' probabilities, token by token.
TokenScores mixed(const std::vector<TokenScores>& members, const std::vector<double>& weights) {
  TokenScores mean = members.front();
  for (size_t i = 0; i < mean.size() && members.size() > 1; ++i) {
    for (size_t t = 0; t < mean[i].size(); ++t) {
      double best = -std::numeric_limits<double>::infinity(), sum = 0;
      for (const auto& member : members) best = std::max<double>(best, member[i][t]);
      for (size_t m = 0; m < members.size(); ++m) {
        sum += weights[m] * std::exp(members[m][i][t] - best);
      }
      mean[i][t] = static_cast<float>(best + std::log(sum));
    }
  }
  return mean;
}

}  // namespace

struct PairScorer::Impl {
  Impl(std::vector<ReadyModel> models, const PairScorerOptions& scorer_options)
      : members(std::move(models)),
        options(scorer_options),
        weights(member_weights({.weights = options.weights}, members.size())) {}

  std::vector<ReadyModel> members;
  PairScorerOptions options;
  std::vector<double> weights;  // of the members

  TokenScores token_log_probs(const Batch& batch) const {
    std::vector<TokenScores> all;
    for (const auto& member : members) all.push_back(force_score(*member.model->network, batch));
    return mixed(all, weights);
  }

  Batch batch_of(const TokenTable& source, const TokenTable& target,
                 std::span<const int64_t> indices) const {
    Batch batch = make_batch(source, target, indices);
    const torch::Device device = members.front().device;
    batch.source = batch.source.to(device);
    batch.target_in = batch.target_in.to(device);
    batch.target_out = batch.target_out.to(device);
    return batch;
  }
};

PairScorer::PairScorer(const std::filesystem::path& model, const PairScorerOptions& options)
    : PairScorer(std::vector{model}, options) {}

PairScorer::PairScorer(std::shared_ptr<TranslationModel> model, const PairScorerOptions& options)
    : PairScorer(std::vector{std::move(model)}, options) {}

PairScorer::PairScorer(const std::vector<std::filesystem::path>& models,
                       const PairScorerOptions& options)
    : impl_(std::make_unique<Impl>(
          load_ready_models(models, options.device, options.precision, options.num_threads),
          options)) {}

PairScorer::PairScorer(const std::vector<std::shared_ptr<TranslationModel>>& models,
                       const PairScorerOptions& options)
    : impl_(std::make_unique<Impl>(make_ready_models(models, options.precision), options)) {}

PairScorer::~PairScorer() = default;
PairScorer::PairScorer(PairScorer&&) noexcept = default;
PairScorer& PairScorer::operator=(PairScorer&&) noexcept = default;

std::vector<PairScore> PairScorer::score(std::span<const std::string> sources,
                                         std::span<const std::string> targets) {
  if (sources.size() != targets.size()) {
    throw std::invalid_argument("as many targets as sources are needed");
  }
  const ReadyModel& first = impl_->members.front();
  const auto& model = *first.model;
  const TokenTable source = encode_all(sources, *model.source_tokenizer);
  const TokenTable target = encode_all(targets, *model.target_tokenizer);
  std::vector<int64_t> order(sources.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return target.length(a) < target.length(b); });
  const AutocastScope autocast(first.device, first.bf16);
  const auto size = static_cast<size_t>(std::max<int64_t>(impl_->options.batch_size, 1));
  std::vector<PairScore> scores(sources.size());
  for (size_t begin = 0; begin < order.size(); begin += size) {
    const auto indices = std::span(order).subspan(begin, std::min(size, order.size() - begin));
    auto log_probs = impl_->token_log_probs(impl_->batch_of(source, target, indices));
    for (size_t i = 0; i < indices.size(); ++i) {
      scores[static_cast<size_t>(indices[i])] =
          to_pair_score(target[indices[i]], std::move(log_probs[i]), *model.target_tokenizer);
    }
  }
  return scores;
}

}  // namespace rondo
