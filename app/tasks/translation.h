#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/storage/model_file.h"
#include "app/tasks/translation_epochs.h"
#include "app/training/hardware.h"
#include "app/training/task.h"
#include "models/candidate_sampler.h"
#include "models/matrix_work.h"

namespace rondo {

// Of a batch whose target_positions are known: the output layer sees real tokens alone.
LossSum translation_loss(Seq2SeqImpl& network, const Batch& batch, double label_smoothing);
// Of one update on this batch, its padding left out.
double translation_flops(const MatrixWork& work, const Batch& batch);

// Learns p(target | source) from the experiment's parallel text, and translates its development
// text to see how well.
class TranslationTask : public Task {
 public:
  // Loads and tokenizes both texts, or passes over what is to be streamed, and moves the network to
  // the device. notes: what making the model had to say, for the summary.
  TranslationTask(TranslationModel model, const Hardware& hardware,
                  std::vector<std::string> notes = {});

  torch::nn::Module& network() override { return *model_.network; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override;
  int64_t blocks() const override { return epochs_->blocks(); }
  std::unique_ptr<EpochBatches> block_batches(int64_t epoch, int64_t block) const override;
  void use_folder(const std::filesystem::path& folder) override { epochs_->keep_tokens_in(folder); }
  std::vector<std::string> news() override { return epochs_->news(); }
  LossSum loss(const Batch& batch, double label_smoothing) override;
  double matrix_flops(const Batch& batch) const override;
  Validation validate() override;
  TensorFile model_file(const std::string& history) const override;
  std::vector<std::string> summary() const override;
  DatasetStatistics statistics() const override;

 private:
  // What two passes of the batch under different dropout lose (training.r_drop_alpha).
  LossSum paired_loss(const Batch& batch, double label_smoothing);
  // Of features [target_tokens, features]; over candidates where training.sampled_softmax asks so.
  LossSum development_loss();
  std::vector<std::string> translate_development();

  TranslationModel model_;
  MatrixWork work_;
  Hardware hardware_;
  std::unique_ptr<TranslationEpochs> epochs_;
  ParallelCorpus development_;
  TokenTable development_sources_;  // cropped to testing.max_input_length
  std::vector<std::string> notes_;
  std::optional<CandidateSampler> sampler_;  // empty = the whole vocabulary counts
};

}  // namespace rondo
