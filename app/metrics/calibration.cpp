#include "app/metrics/calibration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <utility>

namespace rondo {
namespace {

constexpr double kLeastTemperature = 0.05, kMostTemperature = 20;

std::span<const float> row(const ClassLogits& logits, size_t example) {
  const auto width = static_cast<size_t>(logits.classes);
  return std::span(logits.logits).subspan(example * width, width);
}

double highest(std::span<const float> numbers) {
  return *std::max_element(numbers.begin(), numbers.end());
}

bool all_equal(std::span<const float> numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), std::not_equal_to<>()) == numbers.end();
}

bool says_nothing(const ClassLogits& logits) {
  for (size_t i = 0; i < logits.truth.size(); ++i) {
    if (!all_equal(row(logits, i))) return false;
  }
  return true;
}

// The slope of the log loss in b = 1 / T, summed over examples: the expected logit less the true
// one. It rises with b, for its own slope is the logits' variance.
double loss_slope(const ClassLogits& logits, double b) {
  double slope = 0;
  for (size_t i = 0; i < logits.truth.size(); ++i) {
    const auto scores = row(logits, i);
    const double top = highest(scores);
    double sum = 0, expected = 0;
    for (const float score : scores) {
      const double weight = std::exp(b * (score - top));
      sum += weight;
      expected += weight * (score - top);
    }
    slope += expected / sum - (scores[static_cast<size_t>(logits.truth[i])] - top);
  }
  return slope;
}

struct Guess {
  float probability = 0;
  bool positive = false;
};

// The examples of this probability, said to be positive so far, are so no more. Returns the place
// of the next higher probability.
size_t give_up(const std::vector<Guess>& examples, size_t at, ConfusionMatrix& matrix) {
  const float probability = examples[at].probability;
  for (; at < examples.size() && examples[at].probability == probability; ++at) {
    const size_t row = examples[at].positive ? 2 : 0;
    --matrix.counts[row + 1];
    ++matrix.counts[row];
  }
  return at;
}

struct Choice {
  double threshold = 0.5;
  double goal = kNotMeasured;
};

void consider(Choice& best, const Choice& other) {
  constexpr double kEqual = 1e-12;  // rounding in a goal's formula decides nothing
  if (std::isnan(other.goal)) return;
  const bool nearer = std::abs(other.threshold - 0.5) < std::abs(best.threshold - 0.5);
  const bool better = std::isnan(best.goal) || other.goal > best.goal + kEqual;
  if (better || (nearer && other.goal >= best.goal - kEqual)) best = other;
}

// From the lowest threshold, that calls all positive, upward.
template <typename Goal>
double sweep(std::vector<Guess> examples, Goal goal_of) {
  const auto unordered = [](const Guess& one) { return std::isnan(one.probability); };
  if (std::any_of(examples.begin(), examples.end(), unordered)) return 0.5;
  std::sort(examples.begin(), examples.end(),
            [](const Guess& a, const Guess& b) { return a.probability < b.probability; });
  ConfusionMatrix matrix{2, {0, 0, 0, 0}};
  for (const Guess& one : examples) ++matrix.counts[one.positive ? 3 : 1];
  if (matrix.counts[1] == 0 || matrix.counts[3] == 0) return 0.5;
  Choice best;
  double below = 0;
  for (size_t at = 0; at < examples.size(); at = give_up(examples, at, matrix)) {
    const double probability = examples[at].probability;
    consider(best, {0.5 * (below + probability), goal_of(matrix)});
    below = probability;
  }
  if (below < 1) consider(best, {0.5 * (below + 1), goal_of(matrix)});
  return best.threshold;
}

double positive_f1(const ConfusionMatrix& matrix) { return class_scores(matrix, 1).f1; }

}  // namespace

double fit_temperature(const ClassLogits& logits) {
  if (says_nothing(logits)) return 1;
  double low = 1 / kMostTemperature, high = 1 / kLeastTemperature;
  for (int halving = 0; halving < 50; ++halving) {  // 20 / 2^50 is far below 1e-6 at any T
    const double middle = 0.5 * (low + high);
    (loss_slope(logits, middle) > 0 ? high : low) = middle;
  }
  return std::clamp(2 / (low + high), kLeastTemperature, kMostTemperature);
}

ClassPredictions calibrated(const ClassLogits& logits, double temperature) {
  ClassPredictions predictions{logits.classes, {}, logits.truth};
  predictions.probabilities.reserve(logits.logits.size());
  for (size_t i = 0; i < logits.truth.size(); ++i) {
    const auto scores = row(logits, i);
    const double top = highest(scores);
    double sum = 0;
    for (const float score : scores) sum += std::exp((score - top) / temperature);
    for (const float score : scores) {
      const double probability = std::exp((score - top) / temperature) / sum;
      predictions.probabilities.push_back(static_cast<float>(probability));
    }
  }
  return predictions;
}

double best_threshold(const ClassPredictions& predictions, ThresholdGoal goal) {
  if (predictions.classes != 2) return 0.5;
  std::vector<Guess> examples;
  for (size_t i = 0; i < predictions.truth.size(); ++i) {
    examples.push_back({predictions.row(i)[1], predictions.truth[i] == 1});
  }
  if (goal == ThresholdGoal::accuracy) return sweep(std::move(examples), accuracy);
  if (goal == ThresholdGoal::f1) return sweep(std::move(examples), positive_f1);
  return sweep(std::move(examples), matthews);
}

double best_threshold(const LabelPredictions& predictions) {
  std::vector<Guess> examples;
  for (size_t i = 0; i < predictions.truth.size(); ++i) {
    examples.push_back({predictions.probabilities[i], predictions.truth[i] != 0});
  }
  return sweep(std::move(examples), positive_f1);
}

}  // namespace rondo
