#pragma once

#include <string>
#include <vector>

#include "app/data/labelled_text.h"
#include "app/storage/sentiment_model.h"
#include "app/tasks/sentiment_loss.h"
#include "app/tasks/sentiment_text.h"
#include "app/training/hardware.h"
#include "app/training/task.h"
#include "models/matrix_work.h"

namespace rondo {

// Learns the labels of the experiment's training text, and answers its development text to see how
// well. Each validation also fits temperature and threshold, which a model saved then carries.
class SentimentTask : public Task {
 public:
  // Reads and tokenizes both texts, and moves the network to the device.
  // notes: what making the model had to say, for the summary.
  SentimentTask(SentimentModel model, const Hardware& hardware,
                std::vector<std::string> notes = {});

  torch::nn::Module& network() override { return *model_.network; }
  TaskTraits traits() const override { return {.tokens = "tokens", .perplexity = false}; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override;
  LossSum loss(const Batch& batch, double label_smoothing) override;
  double matrix_flops(const Batch& batch) const override;
  int64_t depth_of(const std::string& parameter) const override;
  Validation validate() override;
  TensorFile model_file(const std::string& history) const override;
  std::vector<std::string> summary() const override;
  DatasetStatistics statistics() const override;

 private:
  std::vector<Sample> samples(const torch::Tensor& logits) const;

  SentimentModel model_;
  MatrixWork work_;
  Workers workers_;
  SentimentEpochs epochs_;
  SentimentLoss loss_;
  LabelledText development_;
  std::vector<std::string> notes_;
};

// "test: accuracy 0.8254  macro_f1 0.8251 ... (1,821 texts)" of the experiment's test text,
// answered by the model in a file.
std::string sentiment_test_report(const Experiment& experiment, const std::filesystem::path& model);

}  // namespace rondo
