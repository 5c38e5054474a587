#pragma once

#include "app/training/task.h"
#include "models/recurrent.h"

namespace rondo {

// A simple recurrence of one unit that reads zeros, so that its states are zero and each step back
// multiplies a gradient by its weight. The loss is the sum of the states at each sentence's end.
class EchoTask : public Task {
 public:
  struct Network : torch::nn::Module {
    explicit Network(double weight) {
      layer =
          register_module("layer", RecurrentLayer(RecurrentLayerOptions{
                                       .type = RnnType::rnn, .input_size = 1, .hidden_size = 1}));
      const torch::NoGradGuard no_grad;
      layer->named_parameters()["weight_hh"].fill_(weight);
    }
    RecurrentLayer layer{nullptr};
  };

  EchoTask(double weight, std::vector<int64_t> lengths)
      : network_(std::make_shared<Network>(weight)), lengths_(std::move(lengths)) {}

  Batch batch() const {
    const auto lengths = torch::tensor(lengths_, torch::kInt64);
    Batch batch;
    batch.source_lengths = lengths;
    batch.inputs = torch::zeros({lengths.max().item<int64_t>(), lengths.size(0), 1});
    return batch;
  }

  torch::nn::Module& network() override { return *network_; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t) const override { return nullptr; }
  LossSum loss(const Batch& batch, double) override {
    trained = trained || network_->layer->is_training();
    const auto states = network_->layer->forward(batch.inputs).states.squeeze(2);
    const auto sum = states.gather(0, (batch.source_lengths - 1).unsqueeze(0)).sum();
    return {.sum = sum, .nll = sum.detach(), .tokens = 1};
  }
  Validation validate() override { return {}; }
  TensorFile model_file(const std::string&) const override { return {}; }

  bool trained = false;  // whether any loss was taken in training mode

 private:
  std::shared_ptr<Network> network_;
  std::vector<int64_t> lengths_;
};

}  // namespace rondo
