#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/training/parameters.h"

namespace rondo {

// The decay of the average after `updates` updates: min(decay, (1 + updates) / (10 + updates)), so
// that the first weights, which are noise, are soon forgotten.
double ema_decay_at(double decay, int64_t updates);

// Exponential moving average of the weights (Polyak & Juditsky 1992).
class WeightAverage {
 public:
  WeightAverage(std::vector<NamedParameter> parameters, double decay);

  void update();  // after each optimizer step
  int64_t updates() const { return updates_; }

  // The averages under the parameters' names.
  const std::vector<NamedParameter>& averages() const { return averages_; }
  void restore(const std::map<std::string, torch::Tensor>& tensors, const std::string& prefix,
               int64_t updates);

 private:
  friend class AveragedWeights;
  void exchange();

  std::vector<NamedParameter> parameters_, averages_;
  std::vector<torch::Tensor> weights_, averaged_;
  double decay_ = 0;
  int64_t updates_ = 0;
};

// While it lives, the network carries the averaged weights. A null average changes nothing.
class AveragedWeights {
 public:
  explicit AveragedWeights(WeightAverage* average) : average_(average) {
    if (average_) average_->exchange();
  }
  ~AveragedWeights() {
    if (average_) average_->exchange();
  }
  AveragedWeights(const AveragedWeights&) = delete;
  AveragedWeights& operator=(const AveragedWeights&) = delete;

 private:
  WeightAverage* average_ = nullptr;
};

}  // namespace rondo
