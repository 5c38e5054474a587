#include "app/metrics/calibration.h"

#include <cmath>

#include "app/metrics/pcg64.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

// Class 1 is ahead by `lead` in each of these examples.
void add_examples(ClassLogits& logits, float lead, const std::vector<int64_t>& truth) {
  for (const int64_t one : truth) {
    logits.logits.insert(logits.logits.end(), {0.0f, lead});
    logits.truth.push_back(one);
  }
}

// Three classes, 200 examples, of a model that is right more often than not.
ClassLogits noisy_logits(float scale) {
  Pcg64 random(7);
  ClassLogits logits{.classes = 3};
  for (int example = 0; example < 200; ++example) {
    const int64_t truth = random.below(3);
    for (int64_t c = 0; c < 3; ++c) {
      const auto noise = static_cast<float>(random.below(1000)) / 500;
      logits.logits.push_back(scale * (noise + (c == truth ? 0.5f : 0.0f)));
    }
    logits.truth.push_back(truth);
  }
  return logits;
}

double loss_at(const ClassLogits& logits, double temperature) {
  return log_loss(calibrated(logits, temperature));
}

// Two classes, from class 1's probabilities.
ClassPredictions two_classes(const std::vector<float>& ones, const std::vector<int64_t>& truth) {
  ClassPredictions predictions{2, {}, truth};
  for (const float one : ones) {
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - one, one});
  }
  return predictions;
}

const ClassPredictions kFive = two_classes({0.6f, 0.1f, 0.4f, 0.9f, 0.3f}, {1, 0, 0, 1, 1});

}  // namespace

TEST_CASE("the temperature is the one that the answers were made with", "[metrics]") {
  // Leads of 2 ln 3 and 2 ln 9 that come true three times of four and nine times of ten.
  ClassLogits logits{.classes = 2};
  add_examples(logits, 2 * std::log(3.0f), {1, 0, 1, 1});
  add_examples(logits, 2 * std::log(9.0f), {1, 1, 1, 1, 0, 1, 1, 1, 1, 1});
  CHECK(fit_temperature(logits) == Approx(2).margin(1e-5).epsilon(0));
}

TEST_CASE("logits three times as large have three times the temperature", "[metrics]") {
  CHECK(fit_temperature(noisy_logits(3)) ==
        Approx(3 * fit_temperature(noisy_logits(1))).epsilon(1e-5));
}

TEST_CASE("no temperature nearby has a lower log loss", "[metrics]") {
  const ClassLogits logits = noisy_logits(4);
  const double best = fit_temperature(logits);
  for (double factor : {0.5, 0.9, 0.99, 1.01, 1.1, 2.0}) {
    CHECK(loss_at(logits, best) < loss_at(logits, best * factor));
  }
}

TEST_CASE("the temperature of answers that are all right or all wrong is at its bound",
          "[metrics]") {
  ClassLogits right{.classes = 2}, wrong{.classes = 2};
  add_examples(right, 1, {1, 1});
  add_examples(wrong, 1, {0, 0});
  CHECK(fit_temperature(right) == Approx(0.05));
  CHECK(fit_temperature(wrong) == Approx(20));
}

TEST_CASE("without anything to fit the temperature is 1", "[metrics]") {
  ClassLogits equal{.classes = 2};
  CHECK(fit_temperature(equal) == 1);
  add_examples(equal, 0, {1, 0, 0});
  CHECK(fit_temperature(equal) == 1);
}

TEST_CASE("calibrated probabilities are the softmax of logits by temperature", "[metrics]") {
  ClassLogits logits{.classes = 2};
  add_examples(logits, 2 * std::log(3.0f), {1});
  add_examples(logits, 1e4f, {0});
  const ClassPredictions predictions = calibrated(logits, 2);
  CHECK(predictions.probabilities[0] == Approx(0.25));
  CHECK(predictions.probabilities[1] == Approx(0.75));
  CHECK(predictions.probabilities[2] == 0);
  CHECK(predictions.probabilities[3] == 1);
  CHECK(predictions.truth == logits.truth);
}

TEST_CASE("the best threshold is in the middle of the gap that does best", "[metrics]") {
  // Accuracy is 4/5 at 0.2 and at 0.5, F1 is 6/7 at 0.2, Matthews' correlation 2/3 at 0.5.
  CHECK(best_threshold(kFive, ThresholdGoal::accuracy) == Approx(0.5));
  CHECK(best_threshold(kFive, ThresholdGoal::f1) == Approx(0.2));
  CHECK(best_threshold(kFive, ThresholdGoal::mcc) == Approx(0.5));
}

TEST_CASE("no threshold of a fine grid does better than the best", "[metrics]") {
  const auto accuracy_at = [](double threshold) {
    return accuracy(confusion_matrix(kFive.truth, kFive.decided(threshold), 2));
  };
  const double best = accuracy_at(best_threshold(kFive, ThresholdGoal::accuracy));
  for (int step = 0; step <= 100; ++step) CHECK(accuracy_at(step / 100.0) <= best);
}

TEST_CASE("a threshold may take all or nothing for positive", "[metrics]") {
  const auto misleading = two_classes({0.3f, 0.4f, 0.6f}, {1, 1, 0});
  CHECK(best_threshold(misleading, ThresholdGoal::f1) == Approx(0.15));
  const auto mostly_negative = two_classes({0.6f, 0.7f, 0.8f}, {1, 0, 0});
  CHECK(best_threshold(mostly_negative, ThresholdGoal::accuracy) == Approx(0.9));
}

TEST_CASE("without anything to choose the threshold is a half", "[metrics]") {
  const auto goal = ThresholdGoal::accuracy;
  CHECK(best_threshold(two_classes({}, {}), goal) == 0.5);
  CHECK(best_threshold(two_classes({0.1f, 0.2f}, {1, 1}), goal) == 0.5);
  const ClassPredictions three{3, {0.2f, 0.3f, 0.5f}, {0}};
  CHECK(best_threshold(three, goal) == 0.5);
  CHECK(best_threshold(two_classes({0.3f, 0.3f}, {0, 1}), ThresholdGoal::mcc) == 0.5);
}

TEST_CASE("several labels share the threshold with the best micro F1", "[metrics]") {
  const LabelPredictions predictions{2, {0.2f, 0.7f, 0.6f, 0.1f}, {1, 1, 1, 0}};
  CHECK(best_threshold(predictions) == Approx(0.15));
}
