#include "app/decoding/predictions.h"

namespace rondo {
namespace {

// [n * labels]
std::vector<float> all_probabilities(std::span<const Scored> scored) {
  std::vector<float> all;
  for (const auto& answer : scored) {
    all.insert(all.end(), answer.probabilities.begin(), answer.probabilities.end());
  }
  return all;
}

int64_t label_count(std::span<const Scored> scored) {
  return scored.empty() ? 0 : static_cast<int64_t>(scored.front().probabilities.size());
}

}  // namespace

ClassPredictions class_predictions(std::span<const Scored> scored,
                                   std::span<const Target> targets) {
  ClassPredictions predictions{.classes = label_count(scored),
                               .probabilities = all_probabilities(scored)};
  for (const auto& target : targets) predictions.truth.push_back(target.labels.front());
  return predictions;
}

LabelPredictions label_predictions(std::span<const Scored> scored,
                                   std::span<const Target> targets) {
  LabelPredictions predictions{.labels = label_count(scored),
                               .probabilities = all_probabilities(scored)};
  const auto width = static_cast<size_t>(predictions.labels);
  predictions.truth.resize(targets.size() * width, 0);
  for (size_t i = 0; i < targets.size(); ++i) {
    for (const int64_t label : targets[i].labels) {
      predictions.truth[i * width + static_cast<size_t>(label)] = 1;
    }
  }
  return predictions;
}

ValuePredictions value_predictions(std::span<const Scored> scored,
                                   std::span<const Target> targets) {
  ValuePredictions predictions;
  for (const auto& answer : scored) predictions.predicted.push_back(answer.probabilities.front());
  for (const auto& target : targets) predictions.truth.push_back(target.value);
  return predictions;
}

}  // namespace rondo
