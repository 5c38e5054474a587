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

// Learns p(target | source) from the experiment's parallel text, and translates its development
// text to see how well.
class TranslationTask : public Task {
 public:
  // Loads and tokenizes both texts, and moves the network to the device.
  // notes: what making the model had to say, for the summary.
  TranslationTask(TranslationModel model, const Hardware& hardware,
                  std::vector<std::string> notes = {});

  torch::nn::Module& network() override { return *model_.network; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override;
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
  LossSum output_loss(const torch::Tensor& features, const torch::Tensor& targets,
                      double label_smoothing);
  LossSum development_loss();
  std::vector<std::string> translate_development();

  TranslationModel model_;
  MatrixWork work_;
  Hardware hardware_;
  TranslationEpochs epochs_;
  ParallelCorpus development_;
  TokenTable development_sources_;  // cropped to testing.max_input_length
  std::vector<std::string> notes_;
  std::optional<CandidateSampler> sampler_;  // empty = the whole vocabulary counts
};

}  // namespace rondo
