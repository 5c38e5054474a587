#pragma once

#include <memory>

#include "app/data/corpus_mix.h"
#include "app/tasks/translation_epochs.h"

namespace rondo {

// Texts that are in memory from the first update to the last.
class LoadedEpochs : public TranslationEpochs {
 public:
  LoadedEpochs(const Experiment& experiment, std::shared_ptr<const Tokenizer> source,
               std::shared_ptr<const Tokenizer> target);

  std::unique_ptr<EpochBatches> batches(int64_t epoch, int64_t block) const override;
  std::vector<std::string> describe() const override { return rondo::describe(*mix_); }
  const ParallelCorpus& corpus() const override { return mix_->corpus; }

 private:
  TokenTable sampled_sources(const std::vector<int64_t>& pairs, int64_t epoch) const;
  TokenTable sampled_targets(const std::vector<int64_t>& pairs, int64_t epoch) const;

  Experiment experiment_;
  std::shared_ptr<const Tokenizer> source_tokenizer_, target_tokenizer_;
  std::shared_ptr<const CorpusMix> mix_;
};

}  // namespace rondo
