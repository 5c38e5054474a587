#pragma once

#include <torch/torch.h>

#include "app/data/batch.h"
#include "app/data/labelled_options.h"
#include "app/tasks/options.h"
#include "models/classifier.h"
#include "models/loss.h"

namespace rondo {

// What a classifier is trained on: the loss of its targets' type, and the second passes asked for.
class SentimentLoss {
 public:
  SentimentLoss(TargetType type, const ClassifyingOptions& options,
                torch::Tensor class_weights = {}, double r_drop_alpha = 0)
      : type_(type),
        options_(options),
        class_weights_(std::move(class_weights)),
        r_drop_alpha_(r_drop_alpha) {}

  // Of answers alone. labels and weights as TargetTensors has them; weights may be undefined.
  LossSum of(const torch::Tensor& logits, const torch::Tensor& labels,
             const torch::Tensor& weights) const;

  // Of a batch: runs the network once, or more often where adversarial_epsilon or r_drop_alpha ask
  // for it. The members of an ensemble have each their own loss; sum adds them.
  LossSum of(ClassifierImpl& network, const Batch& batch, double label_smoothing) const;

  void to(const torch::Device& device) {
    if (class_weights_.defined()) class_weights_ = class_weights_.to(device);
  }

 private:
  LossSum of_member(ClassifierImpl& network, const Batch& batch) const;
  LossSum adversarial(ClassifierImpl& network, const Batch& batch, const torch::Tensor& embedded,
                      LossSum clean) const;

  TargetType type_ = TargetType::classes;
  ClassifyingOptions options_;
  torch::Tensor class_weights_;
  double r_drop_alpha_ = 0;
};

}  // namespace rondo
