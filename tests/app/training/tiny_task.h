#pragma once

#include <functional>

#include "app/training/task.h"

namespace rondo {

// One weight per sentence position learns to be 1 by squared error; small enough to work by hand.
// Four batches an epoch; batch i pulls w[i % 2].
class TinyTask : public Task {
 public:
  struct Network : torch::nn::Module {
    Network() { weight = register_parameter("weight", torch::zeros({2})); }
    torch::Tensor weight;
  };

  torch::nn::Module& network() override { return *network_; }
  torch::Tensor weight() const { return network_->weight.detach().clone(); }

  std::unique_ptr<EpochBatches> epoch_batches(int64_t) const override {
    return std::make_unique<Four>();
  }

  LossSum loss(const Batch& batch, double) override {
    ++losses;
    const auto at = batch.source.item<int64_t>() % 2;
    auto sum = (network_->weight[at] - 1).square() * batch.target_tokens;
    sum = sum * scaled(losses);
    if (poisoned(losses)) sum = sum * std::numeric_limits<double>::quiet_NaN();
    return {.sum = sum, .nll = sum.detach(), .tokens = batch.target_tokens};
  }

  // Scores by a list, so that tests choose which validation is best.
  Validation validate() override {
    const double score = validations < scores.size() ? scores[validations] : 0;
    ++validations;
    return {.values = {{"loss", 1}, {"ppl", 2.7}, {"bleu", score}, {"chrf", 0}}};
  }

  TensorFile model_file(const std::string& history) const override {
    return {.tensors = {{"weight", weight()}}, .metadata = {{"history", history}}};
  }

  std::function<bool(int64_t)> poisoned = [](int64_t) { return false; };
  std::function<double(int64_t)> scaled = [](int64_t) { return 1.0; };
  std::vector<double> scores;
  size_t validations = 0;
  int64_t losses = 0;

 private:
  struct Four : EpochBatches {
    int64_t size() const override { return 4; }
    Batch at(int64_t index) const override {
      Batch batch;
      batch.source = torch::full({1, 1}, index, torch::kInt64);
      batch.source_lengths = batch.target_lengths = torch::ones({1}, torch::kInt64);
      batch.target_in = batch.target_out = batch.source;
      batch.target_positions = torch::zeros({1}, torch::kInt64);
      batch.target_tokens = batch.tokens = 1;
      return batch;
    }
  };

  std::shared_ptr<Network> network_ = std::make_shared<Network>();
};

}  // namespace rondo
