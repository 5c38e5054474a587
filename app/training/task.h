#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/data/batch.h"
#include "app/report/dataset_statistics.h"
#include "app/storage/tensor_file.h"
#include "app/training/validation.h"
#include "models/loss.h"

namespace rondo {

// The batches of one epoch in training order, each made when it is asked for.
class EpochBatches {
 public:
  virtual ~EpochBatches() = default;
  virtual int64_t size() const = 0;
  virtual Batch at(int64_t index) const = 0;  // on the CPU
};

// How a task's numbers are to be read.
struct TaskTraits {
  std::string tokens = "target tokens";  // what Batch::tokens counts
  bool perplexity = true;                // exp(loss) means something
};

// What one task adds to the training loop.
class Task {
 public:
  virtual ~Task() = default;
  virtual torch::nn::Module& network() = 0;
  virtual TaskTraits traits() const { return {}; }
  // A function of the epoch alone. Called, like the batches it returns, from a background thread
  // while the network trains.
  virtual std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const = 0;
  // A text larger than memory comes in blocks; its epoch_batches are those of the first.
  virtual int64_t blocks() const { return 1; }
  virtual std::unique_ptr<EpochBatches> block_batches(int64_t epoch, int64_t block) const {
    return epoch_batches(epoch);
  }
  // Before training, never before a dry run: where files may be kept that save work later.
  virtual void use_folder(const std::filesystem::path& folder) {}
  // What there is to say since it was last asked, a line each.
  virtual std::vector<std::string> news() { return {}; }
  virtual LossSum loss(const Batch& batch, double label_smoothing) = 0;  // batch on the device
  // Floating-point operations of the matrix products of one update on this batch, padding left out;
  // 0 where the task does not count them.
  virtual double matrix_flops(const Batch& batch) const { return 0; }
  // How many layers lie between this parameter's and the output's, which are 0; for
  // discriminative_factor and gradual_unfreezing.
  virtual int64_t depth_of(const std::string& parameter) const { return 0; }
  // In evaluation mode, without gradients; both are the caller's to set.
  virtual Validation validate() = 0;
  // What was read and dropped, and the sizes of vocabularies, a line each.
  virtual std::vector<std::string> summary() const { return {}; }
  // For the page of the run.
  virtual DatasetStatistics statistics() const { return {}; }
  // The model alone, without optimizer; history is JSON of the validations so far.
  virtual TensorFile model_file(const std::string& history) const = 0;
};

}  // namespace rondo
