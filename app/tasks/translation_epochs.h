#pragma once

#include <memory>

#include "app/config/experiment.h"
#include "app/data/corpus_mix.h"
#include "app/training/task.h"

namespace rondo {

// The training text of a translation task and what is mixed into it, drawn and cut into batches
// anew each epoch. With subword sampling (tokenizer.alpha) it is also segmented anew.
class TranslationEpochs {
 public:
  TranslationEpochs(const Experiment& experiment, std::shared_ptr<const Tokenizer> source,
                    std::shared_ptr<const Tokenizer> target);

  // A function of (training.random_seed, epoch) alone.
  std::unique_ptr<EpochBatches> epoch(int64_t epoch) const;
  const CorpusMix& mix() const { return *mix_; }
  const ParallelCorpus& corpus() const { return mix_->corpus; }  // of all texts

 private:
  TokenTable sampled_sources(const std::vector<int64_t>& pairs, int64_t epoch) const;
  TokenTable sampled_targets(const std::vector<int64_t>& pairs, int64_t epoch) const;

  Experiment experiment_;
  std::shared_ptr<const Tokenizer> source_tokenizer_, target_tokenizer_;
  std::shared_ptr<const CorpusMix> mix_;
};

}  // namespace rondo
