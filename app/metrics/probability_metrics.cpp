#include "app/metrics/probability_metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/metrics/ranking.h"

namespace rondo {
namespace {

double example_log_loss(double probability) {
  constexpr double kLeast = std::numeric_limits<double>::epsilon();
  return -std::log(std::clamp(probability, kLeast, 1 - kLeast));
}

double squared_distance(std::span<const float> chances, size_t truth) {
  double sum = 0;
  for (size_t c = 0; c < chances.size(); ++c) {
    const double distance = chances[c] - (c == truth ? 1.0 : 0.0);
    sum += distance * distance;
  }
  return chances.size() == 2 ? 0.5 * sum : sum;
}

// Bin b holds confidences in (b / bins, (b + 1) / bins].
uint32_t bin_of(double confidence, int64_t bins) {
  if (!(confidence > 0)) return 0;  // not-a-number too
  const auto scale = static_cast<double>(bins);
  return static_cast<uint32_t>(std::min(std::ceil(confidence * scale), scale) - 1);
}

struct BinSum {
  double confidence = 0, right = 0;
  int64_t count = 0;
};

void add(BinSum& bin, const ExampleScore& example, int64_t times) {
  const auto weight = static_cast<double>(times);
  bin.confidence += weight * example.confidence;
  bin.right += example.right ? weight : 0.0;
  bin.count += times;
}

}  // namespace

std::vector<ExampleScore> example_scores(const ClassPredictions& predictions, int64_t bins) {
  const std::vector<int64_t> likeliest = predictions.decided();
  std::vector<ExampleScore> examples;
  examples.reserve(likeliest.size());
  for (size_t i = 0; i < likeliest.size(); ++i) {
    const auto chances = predictions.row(i);
    const auto truth = static_cast<size_t>(predictions.truth[i]);
    const double confidence = *std::max_element(chances.begin(), chances.end());
    examples.push_back({.log_loss = example_log_loss(chances[truth]),
                        .squared = squared_distance(chances, truth),
                        .confidence = confidence,
                        .bin = bin_of(confidence, bins),
                        .right = likeliest[i] == predictions.truth[i]});
  }
  return examples;
}

ProbabilityScores probability_scores(std::span<const ExampleScore> examples, int64_t bins,
                                     Draws draws) {
  std::vector<BinSum> sums(static_cast<size_t>(bins));
  double log_loss = 0, squared = 0, off = 0, count = 0;
  for (size_t i = 0; i < examples.size(); ++i) {
    const int64_t times = times_drawn(draws, i);
    log_loss += static_cast<double>(times) * examples[i].log_loss;
    squared += static_cast<double>(times) * examples[i].squared;
    count += static_cast<double>(times);
    add(sums[examples[i].bin], examples[i], times);
  }
  for (const BinSum& bin : sums) off += std::abs(bin.right - bin.confidence);
  return {ratio(log_loss, count), ratio(squared, count), ratio(off, count)};
}

std::vector<ReliabilityBin> reliability(std::span<const ExampleScore> examples, int64_t bins) {
  std::vector<BinSum> sums(static_cast<size_t>(bins));
  for (const ExampleScore& example : examples) add(sums[example.bin], example, 1);
  std::vector<ReliabilityBin> diagram;
  for (const BinSum& sum : sums) {
    const auto count = static_cast<double>(sum.count);
    diagram.push_back({ratio(sum.confidence, count), ratio(sum.right, count), sum.count});
  }
  return diagram;
}

double roc_auc(std::span<const double> scores, std::span<const uint8_t> truth) {
  return Ranking(scores).roc_auc(truth);
}

double roc_auc(const ClassPredictions& predictions) {
  return ClassRankings(predictions).mean_roc_auc();
}

double roc_auc(const LabelPredictions& predictions) {
  return ClassRankings(predictions).mean_roc_auc();
}

double log_loss(const ClassPredictions& predictions) {
  return probability_scores(example_scores(predictions, 1), 1).log_loss;
}

double brier_score(const ClassPredictions& predictions) {
  return probability_scores(example_scores(predictions, 1), 1).brier_score;
}

std::vector<ReliabilityBin> reliability(const ClassPredictions& predictions, int64_t bins) {
  return reliability(example_scores(predictions, bins), bins);
}

double expected_calibration_error(const ClassPredictions& predictions, int64_t bins) {
  return probability_scores(example_scores(predictions, bins), bins).calibration_error;
}

}  // namespace rondo
