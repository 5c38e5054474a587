#pragma once

#include <cstddef>
#include <vector>

namespace rondo {

// How several models choose the next token together: by the mean of their probabilities, or of the
// logarithms of these, normalised again (a product of experts).
enum class Combination { mean, log };

struct EnsembleOptions {
  Combination combine = Combination::mean;
  std::vector<double> weights{};  // of each model, above 0, only their ratios count; empty = alike

  bool operator==(const EnsembleOptions&) const = default;
};

// The weights of so many models, with the sum 1. Throws ConfigError where there are not as many, or
// where one is not above 0.
std::vector<double> member_weights(const EnsembleOptions& options, size_t members);

}  // namespace rondo
