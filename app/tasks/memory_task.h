#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/training/hardware.h"
#include "app/training/task.h"
#include "models/sequence_reader.h"

namespace rondo {

// Learns a synthetic problem whose answer lies far back, to see how far back a recurrence learns.
// Training examples are a function of (training.random_seed, epoch); those of validation are always
// the same, so that runs of several seeds can be compared.
class MemoryTask : public Task {
 public:
  // `start` is a model or checkpoint of this task to begin with; empty = fresh weights. Throws
  // DataError or ConfigError.
  MemoryTask(const Experiment& experiment, const std::filesystem::path& start,
             const Hardware& hardware);

  torch::nn::Module& network() override { return *network_; }
  TaskTraits traits() const override { return {.tokens = "steps", .perplexity = false}; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override;
  LossSum loss(const Batch& batch, double label_smoothing) override;
  double matrix_flops(const Batch& batch) const override;
  int64_t depth_of(const std::string& parameter) const override;
  Validation validate() override;
  TensorFile model_file(const std::string& history) const override;
  std::vector<std::string> summary() const override;

 private:
  // [time, batch, width] -> [answers, batch, outputs]
  torch::Tensor answers(const torch::Tensor& inputs);

  Experiment experiment_;
  Hardware hardware_;
  SequenceReader network_{nullptr};
};

}  // namespace rondo
