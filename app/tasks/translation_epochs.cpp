#include "app/tasks/translation_epochs.h"

#include "app/data/batches.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

class PlannedBatches : public EpochBatches {
 public:
  PlannedBatches(std::shared_ptr<const TokenTable> source, std::shared_ptr<const TokenTable> target,
                 const BatchOptions& options, int64_t epoch)
      : source_(std::move(source)),
        target_(std::move(target)),
        plan_(make_batches(*source_, *target_, options, epoch)) {}

  int64_t size() const override { return static_cast<int64_t>(plan_.size()); }
  Batch at(int64_t index) const override { return make_batch(*source_, *target_, plan_[index]); }

 private:
  std::shared_ptr<const TokenTable> source_, target_;
  std::vector<std::vector<int64_t>> plan_;  // indices of the pairs of each batch
};

bool samples(const Experiment& experiment) { return experiment.tokenizer.alpha > 0; }

}  // namespace

TranslationEpochs::TranslationEpochs(const Experiment& experiment,
                                     std::shared_ptr<const Tokenizer> source,
                                     std::shared_ptr<const Tokenizer> target)
    : experiment_(experiment),
      source_tokenizer_(std::move(source)),
      target_tokenizer_(std::move(target)) {
  experiment_.batching.random_seed = experiment.training.random_seed;
  const CorpusOptions options{.src_max_length = experiment.data.src_max_length,
                              .trg_max_length = experiment.data.trg_max_length,
                              .keep_text = samples(experiment),
                              .num_threads = experiment.training.num_threads};
  corpus_ = std::make_shared<ParallelCorpus>(
      load_parallel_corpus(experiment.data.train, *source_tokenizer_, *target_tokenizer_, options));
}

std::unique_ptr<EpochBatches> TranslationEpochs::epoch(int64_t epoch) const {
  if (!samples(experiment_)) {
    // Both tables live as long as the corpus that holds them.
    return std::make_unique<PlannedBatches>(
        std::shared_ptr<const TokenTable>(corpus_, &corpus_->source),
        std::shared_ptr<const TokenTable>(corpus_, &corpus_->target), experiment_.batching, epoch);
  }
  const uint64_t seed = experiment_.training.random_seed;
  auto source = encode_all_sampled(*source_tokenizer_, corpus_->source_lines, seed, epoch);
  auto target = encode_all_sampled(*target_tokenizer_, corpus_->target_lines, seed + 1, epoch);
  return std::make_unique<PlannedBatches>(std::make_shared<TokenTable>(std::move(source)),
                                          std::make_shared<TokenTable>(std::move(target)),
                                          experiment_.batching, epoch);
}

}  // namespace rondo
