#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/data/parallel_corpus.h"
#include "app/training/task.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// The training text of a translation task and what is mixed into it, drawn and cut into batches
// anew each epoch. With subword sampling (tokenizer.alpha) it is also segmented anew.
class TranslationEpochs {
 public:
  virtual ~TranslationEpochs() = default;

  virtual int64_t blocks() const { return 1; }  // an epoch
  // A function of (training.random_seed, epoch, block) alone.
  virtual std::unique_ptr<EpochBatches> batches(int64_t epoch, int64_t block) const = 0;
  virtual std::vector<std::string> describe() const = 0;
  // Of all texts, or some pairs of what is too large.
  virtual const ParallelCorpus& corpus() const = 0;
  virtual bool is_sample() const { return false; }
  virtual void keep_tokens_in(const std::filesystem::path& run_folder) {}
  virtual std::vector<std::string> news() { return {}; }
};

// In memory or streamed, as data.streaming says.
std::unique_ptr<TranslationEpochs> make_translation_epochs(
    const Experiment& experiment, const std::shared_ptr<const Tokenizer>& source,
    const std::shared_ptr<const Tokenizer>& target);

// Batches of pairs by their numbers.
std::unique_ptr<EpochBatches> planned_batches(std::shared_ptr<const TokenTable> source,
                                              std::shared_ptr<const TokenTable> target,
                                              std::vector<std::vector<int64_t>> plan);

}  // namespace rondo
