#include "app/decoding/scored.h"

#include <algorithm>
#include <numeric>

namespace rondo {
namespace {

std::vector<int64_t> labels_from(std::span<const float> probabilities, double threshold) {
  std::vector<int64_t> labels;
  for (size_t label = 0; label < probabilities.size(); ++label) {
    if (probabilities[label] >= threshold) labels.push_back(static_cast<int64_t>(label));
  }
  return labels;
}

}  // namespace

std::vector<int64_t> decided_labels(std::span<const float> probabilities, TargetType targets,
                                    double threshold) {
  if (targets == TargetType::value || probabilities.empty()) return {};
  if (targets == TargetType::multi_label) return labels_from(probabilities, threshold);
  if (probabilities.size() == 2) return {probabilities[1] >= threshold ? 1 : 0};
  return {std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin()};
}

std::vector<int64_t> labels_by_probability(std::span<const float> probabilities) {
  std::vector<int64_t> labels(probabilities.size());
  std::iota(labels.begin(), labels.end(), 0);
  std::stable_sort(labels.begin(), labels.end(), [&](int64_t a, int64_t b) {
    return probabilities[static_cast<size_t>(a)] > probabilities[static_cast<size_t>(b)];
  });
  return labels;
}

}  // namespace rondo
