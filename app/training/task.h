#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/data/batch.h"
#include "models/loss.h"

namespace rondo {

struct Sample {
  std::string source, reference, hypothesis;
};

struct Validation {
  double loss = 0;  // nats a token
  double ppl = 0;
  double bleu = 0, chrf = 0;    // of greedily decoded, detokenized text, as sacreBLEU counts
  std::vector<Sample> samples;
};

// What one task adds to the training loop. Data order is a function of the epoch alone.
class Task {
 public:
  virtual ~Task() = default;
  virtual torch::nn::Module& network() = 0;
  virtual std::vector<Batch> epoch_batches(int64_t epoch) = 0;  // on the CPU, in training order
  virtual LossSum loss(const Batch& batch, double label_smoothing) = 0;  // batch on the device
  virtual Validation validate() = 0;
  // Writes the model alone (no optimizer); history is JSON of the validations so far.
  virtual void save_model(const std::string& path, const std::string& history) = 0;
};

}  // namespace rondo
