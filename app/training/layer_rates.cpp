#include "app/training/layer_rates.h"

#include <cmath>

namespace rondo {

LayerRates::LayerRates(const Task& task, const std::vector<NamedParameter>& parameters,
                       const TrainingOptions& options)
    : factor_(options.discriminative_factor), epochs_a_layer_(options.gradual_unfreezing) {
  for (const NamedParameter& parameter : parameters) {
    depths_.push_back(task.depth_of(parameter.name));
  }
}

std::vector<double> LayerRates::at(int64_t epoch) const {
  if (factor_ == 1 && epochs_a_layer_ == 0) return {};
  std::vector<double> rates;
  for (const int64_t depth : depths_) {
    const bool frozen = epochs_a_layer_ > 0 && depth > epoch / epochs_a_layer_;
    rates.push_back(frozen ? 0 : std::pow(factor_, static_cast<double>(depth)));
  }
  return rates;
}

}  // namespace rondo
