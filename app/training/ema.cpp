#include "app/training/ema.h"

#include <algorithm>

namespace rondo {

double ema_decay_at(double decay, int64_t updates) {
  const double count = static_cast<double>(updates);
  return std::min(decay, (1 + count) / (10 + count));
}

WeightAverage::WeightAverage(std::vector<NamedParameter> parameters, double decay)
    : parameters_(std::move(parameters)), weights_(tensors_of(parameters_)), decay_(decay) {
  for (const NamedParameter& parameter : parameters_) {
    averages_.push_back({parameter.name, parameter.tensor.detach().clone()});
  }
  averaged_ = tensors_of(averages_);
}

void WeightAverage::update() {
  const torch::NoGradGuard no_grad;
  ++updates_;
  at::_foreach_lerp_(averaged_, weights_, at::Scalar(1 - ema_decay_at(decay_, updates_)));
}

void WeightAverage::restore(const std::map<std::string, torch::Tensor>& tensors,
                            const std::string& prefix, int64_t updates) {
  copy_into(averages_, tensors, prefix);
  updates_ = updates;
}

void WeightAverage::exchange() {
  const torch::NoGradGuard no_grad;
  for (size_t i = 0; i < weights_.size(); ++i) {
    const torch::Tensor kept = weights_[i].detach().clone();
    weights_[i].copy_(averaged_[i]);
    averaged_[i].copy_(kept);
  }
}

}  // namespace rondo
