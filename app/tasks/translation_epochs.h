#pragma once

#include <memory>

#include "app/config/experiment.h"
#include "app/data/parallel_corpus.h"
#include "app/training/task.h"

namespace rondo {

// The training text of a translation task, cut into batches anew each epoch. With subword sampling
// (tokenizer.alpha) it is also segmented anew.
class TranslationEpochs {
 public:
  TranslationEpochs(const Experiment& experiment, std::shared_ptr<const Tokenizer> source,
                    std::shared_ptr<const Tokenizer> target);

  // A function of (training.random_seed, epoch) alone.
  std::unique_ptr<EpochBatches> epoch(int64_t epoch) const;
  const ParallelCorpus& corpus() const { return *corpus_; }

 private:
  Experiment experiment_;
  std::shared_ptr<const Tokenizer> source_tokenizer_, target_tokenizer_;
  std::shared_ptr<const ParallelCorpus> corpus_;
};

}  // namespace rondo
