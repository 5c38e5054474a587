#include "app/metrics/probability_metrics.h"

#include <cmath>
#include <limits>
#include <utility>

#include "app/metrics/ranking.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Two classes, from class 1's probabilities.
ClassPredictions two_classes(const std::vector<float>& ones, std::vector<int64_t> truth) {
  ClassPredictions predictions{.classes = 2, .truth = std::move(truth)};
  for (const float one : ones) {
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - one, one});
  }
  return predictions;
}

double area(const std::vector<double>& scores, const std::vector<uint8_t>& truth) {
  return roc_auc(scores, truth);
}

}  // namespace

TEST_CASE("the area under the ROC curve counts pairs in order, ties a half", "[metrics]") {
  CHECK(area({0.1, 0.4, 0.35, 0.8}, {0, 0, 1, 1}) == 0.75);
  CHECK(area({0.5, 0.5, 0.7}, {0, 1, 1}) == 0.75);
  CHECK(area({2, 2, 2}, {0, 1, 1}) == 0.5);
}

TEST_CASE("the area of reversed scores is the rest of one", "[metrics]") {
  const std::vector<double> scores{0.3, -1, 0.3, 4, 2, 2, -7, 0.25};
  std::vector<double> reversed;
  for (double score : scores) reversed.push_back(-score);
  const std::vector<uint8_t> truth{1, 0, 0, 1, 0, 1, 0, 1};
  CHECK(roc_auc(reversed, truth) == Approx(1 - roc_auc(scores, truth)).margin(1e-15).epsilon(0));
}

TEST_CASE("the area of one class only, or of no numbers, is not a number", "[metrics]") {
  CHECK(std::isnan(area({1, 2}, {1, 1})));
  CHECK(std::isnan(area({}, {})));
  CHECK(std::isnan(area({1, kNan, 2}, {0, 1, 1})));
}

TEST_CASE("a ranking counts each example as often as it was drawn", "[metrics]") {
  const std::vector<double> scores{1, 3, 3, 2, 2}, drawn{1, 1, 3, 3, 3, 2, 2, 2, 2};
  const std::vector<uint8_t> truth{0, 1, 1, 0, 1}, drawn_truth{0, 0, 1, 1, 1, 0, 1, 1, 1};
  const std::vector<uint32_t> draws{2, 1, 2, 1, 3};
  CHECK(Ranking(scores).roc_auc(truth, draws) == roc_auc(drawn, drawn_truth));
  CHECK(Ranking(scores).mean_ranks(draws) == std::vector<double>{1.5, 8, 8, 4.5, 4.5});
}

TEST_CASE("of two classes the area is that of the second", "[metrics]") {
  CHECK(roc_auc(two_classes({0.1f, 0.4f, 0.35f, 0.8f}, {0, 0, 1, 1})) == 0.75);
}

TEST_CASE("of several classes the area is the mean of those that can be measured", "[metrics]") {
  // Class 0 is always above the others, class 1 once below and once above; class 2 has no example.
  const ClassPredictions predictions{
      3, {0.6f, 0.3f, 0.1f, 0.5f, 0.1f, 0.4f, 0.1f, 0.2f, 0.7f}, {0, 0, 1}};
  CHECK(roc_auc(predictions) == 0.75);
}

TEST_CASE("log loss is the mean of the logarithms, and finite for a sure mistake", "[metrics]") {
  CHECK(log_loss(two_classes({0.75f, 0.5f}, {1, 0})) ==
        Approx(-0.5 * (std::log(0.75) + std::log(0.5))));
  CHECK(log_loss(two_classes({0.0f}, {1})) ==
        Approx(-std::log(std::numeric_limits<double>::epsilon())));
  CHECK(std::isnan(log_loss({.classes = 2})));
}

TEST_CASE("the Brier score is the squared distance, halved for two classes", "[metrics]") {
  CHECK(brier_score(two_classes({0.75f, 0.5f}, {1, 0})) == Approx((0.0625 + 0.25) / 2));
  const ClassPredictions three{3, {0.5f, 0.25f, 0.25f}, {0}};
  CHECK(brier_score(three) == Approx(0.375));
}

TEST_CASE("the reliability diagram holds the upper end of each bin", "[metrics]") {
  const auto predictions = two_classes({0.75f, 0.75f, 0.0f, 1.0f}, {1, 0, 0, 1});
  const auto bins = reliability(predictions, 4);
  REQUIRE(bins.size() == 4);
  CHECK(bins[0].count == 0);
  CHECK(std::isnan(bins[0].confidence));
  CHECK(bins[2].count == 2);
  CHECK(bins[2].confidence == 0.75);
  CHECK(bins[2].accuracy == 0.5);
  CHECK(bins[3].count == 2);
  CHECK(expected_calibration_error(predictions, 4) == Approx(0.125));
}

TEST_CASE("probabilities that are no numbers make no number", "[metrics]") {
  const auto broken = two_classes({std::numeric_limits<float>::quiet_NaN(), 0.5f}, {1, 0});
  CHECK(std::isnan(log_loss(broken)));
  CHECK(std::isnan(brier_score(broken)));
  CHECK(std::isnan(expected_calibration_error(broken)));
  CHECK(std::isnan(roc_auc(broken)));
}
