#include "app/tasks/loaded_epochs.h"

#include "app/data/batches.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

bool samples(const Experiment& experiment) { return experiment.tokenizer.alpha > 0; }

std::vector<std::string> chosen(const std::vector<std::string>& lines,
                                const std::vector<int64_t>& pairs) {
  std::vector<std::string> some;
  some.reserve(pairs.size());
  for (const int64_t pair : pairs) some.push_back(lines[static_cast<size_t>(pair)]);
  return some;
}

// Each text's tag before its sources; pairs are in the order of the texts, as epoch_pairs has them.
TokenTable tagged(const TokenTable& sources, const std::vector<int64_t>& pairs,
                  const CorpusMix& mix) {
  TokenTable all;
  auto text = mix.texts.begin();
  for (size_t i = 0; i < pairs.size(); ++i) {
    while (pairs[i] >= text->begin + text->pairs) ++text;
    std::vector<int32_t> ids = text->tag;
    const auto source = sources[static_cast<int64_t>(i)];
    ids.insert(ids.end(), source.begin(), source.end());
    all.push_back(ids);
  }
  return all;
}

}  // namespace

LoadedEpochs::LoadedEpochs(const Experiment& experiment, std::shared_ptr<const Tokenizer> source,
                           std::shared_ptr<const Tokenizer> target)
    : experiment_(experiment),
      source_tokenizer_(std::move(source)),
      target_tokenizer_(std::move(target)) {
  experiment_.batching.random_seed = experiment.training.random_seed;
  const CorpusOptions options{.src_max_length = experiment.data.src_max_length,
                              .trg_max_length = experiment.data.trg_max_length,
                              .keep_text = samples(experiment),
                              .num_threads = experiment.training.num_threads};
  mix_ = std::make_shared<CorpusMix>(
      load_corpus_mix(experiment.data, *source_tokenizer_, *target_tokenizer_, options));
}

std::unique_ptr<EpochBatches> LoadedEpochs::batches(int64_t epoch, int64_t) const {
  std::vector<int64_t> pairs = mix_->epoch_pairs(experiment_.training.random_seed, epoch);
  if (!samples(experiment_)) {
    // Both tables live as long as the mix that holds them.
    auto plan = make_batches(mix_->corpus.source, mix_->corpus.target, std::move(pairs),
                             experiment_.batching, epoch);
    return planned_batches(std::shared_ptr<const TokenTable>(mix_, &mix_->corpus.source),
                           std::shared_ptr<const TokenTable>(mix_, &mix_->corpus.target),
                           std::move(plan));
  }
  auto source = std::make_shared<TokenTable>(sampled_sources(pairs, epoch));
  auto target = std::make_shared<TokenTable>(sampled_targets(pairs, epoch));
  auto plan = make_batches(*source, *target, experiment_.batching, epoch);
  return planned_batches(std::move(source), std::move(target), std::move(plan));
}

// Only the lines of this epoch; each copy of a pair that comes twice is segmented by itself.
TokenTable LoadedEpochs::sampled_sources(const std::vector<int64_t>& pairs, int64_t epoch) const {
  const uint64_t seed = experiment_.training.random_seed;
  const auto& lines = mix_->corpus.source_lines;
  if (mix_->texts.size() == 1) return encode_all_sampled(*source_tokenizer_, lines, seed, epoch);
  return tagged(encode_all_sampled(*source_tokenizer_, chosen(lines, pairs), seed, epoch), pairs,
                *mix_);
}

TokenTable LoadedEpochs::sampled_targets(const std::vector<int64_t>& pairs, int64_t epoch) const {
  const uint64_t seed = experiment_.training.random_seed + 1;
  const auto& lines = mix_->corpus.target_lines;
  if (mix_->texts.size() == 1) return encode_all_sampled(*target_tokenizer_, lines, seed, epoch);
  return encode_all_sampled(*target_tokenizer_, chosen(lines, pairs), seed, epoch);
}

}  // namespace rondo
