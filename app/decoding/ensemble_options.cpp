#include "app/decoding/ensemble_options.h"

#include <cmath>
#include <numeric>
#include <string>

#include "app/errors.h"

namespace rondo {

std::vector<double> member_weights(const EnsembleOptions& options, size_t members) {
  if (options.weights.empty()) {
    return std::vector<double>(members, 1.0 / static_cast<double>(members));
  }
  if (options.weights.size() != members) {
    throw ConfigError("--weights: " + std::to_string(options.weights.size()) + " for " +
                      std::to_string(members) + " models; give one each");
  }
  for (const double weight : options.weights) {
    if (weight > 0 && std::isfinite(weight)) continue;
    throw ConfigError("--weights: each must be a number above 0; leave out a model of no weight");
  }
  std::vector<double> weights = options.weights;
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace rondo
