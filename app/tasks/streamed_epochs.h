#pragma once

#include <memory>

#include "app/streaming/streamed_mix.h"
#include "app/tasks/translation_epochs.h"

namespace rondo {

// Texts of any size, of which one block trains while the next is read.
class StreamedEpochs : public TranslationEpochs {
 public:
  StreamedEpochs(const Experiment& experiment, const std::shared_ptr<const Tokenizer>& source,
                 const std::shared_ptr<const Tokenizer>& target);

  int64_t blocks() const override { return mix_.blocks(); }
  std::unique_ptr<EpochBatches> batches(int64_t epoch, int64_t block) const override;
  std::vector<std::string> describe() const override;
  const ParallelCorpus& corpus() const override { return mix_.sample(); }
  bool is_sample() const override { return true; }
  void keep_tokens_in(const std::filesystem::path& run_folder) override {
    mix_.keep_tokens_in(run_folder);
  }
  std::vector<std::string> news() override { return mix_.news(); }

 private:
  BatchOptions batching_;
  StreamedMix mix_;
};

}  // namespace rondo
