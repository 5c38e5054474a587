#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/training/hardware.h"
#include "app/training/task.h"
#include "models/language_model.h"
#include "tokenizers/token_table.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// Learns to predict the tokens of a text; a classifier may begin with its encoder (load_encoder).
class LanguageModelTask : public Task {
 public:
  // `start` is a model or checkpoint of this task to begin with; empty = fresh weights and a
  // tokenizer trained on the training text. Throws DataError or ConfigError.
  LanguageModelTask(const Experiment& experiment, const std::filesystem::path& start,
                    const Hardware& hardware);

  torch::nn::Module& network() override { return *network_; }
  TaskTraits traits() const override { return {.tokens = "tokens"}; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override;
  LossSum loss(const Batch& batch, double label_smoothing) override;
  Validation validate() override;
  TensorFile model_file(const std::string& history) const override;
  std::vector<std::string> summary() const override;
  DatasetStatistics statistics() const override;

  // "test: loss 4.321  ppl 75.26".
  std::string report(const std::vector<std::string>& texts);

 private:
  MetricValues measure(const TokenTable& tokens);
  TokenTable encode(const std::vector<std::string>& texts) const;

  Experiment experiment_;
  Hardware hardware_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  LanguageModel network_{nullptr};
  std::shared_ptr<const TokenTable> training_;
  TokenTable development_;
};

}  // namespace rondo
