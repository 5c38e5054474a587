#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/metrics/calibration.h"
#include "app/metrics/classification_report.h"
#include "tests/support/catch.h"

using namespace rondo;
using nlohmann::json;

namespace {

// Numbers that scikit-learn, scipy and numpy printed;
// tests/reference/metrics/make_classification_reference.py made the file.
const json& reference() {
  static const json numbers =
      json::parse(std::ifstream(RONDO_REFERENCE_DIR "/metrics/classification.json"));
  return numbers;
}

// null stands for not-a-number.
bool same(double found, const json& expected) {
  if (expected.is_null()) return std::isnan(found);
  return std::abs(found - expected.get<double>()) <= 1e-9;
}

ReportOptions options_for(const json& one) {
  ReportOptions options{.threshold = one.value("threshold", 0.5), .ordinal = true};
  options.bootstrap.samples = 0;
  if (one.contains("intervals")) {
    options.bootstrap.samples = reference()["bootstrap"]["samples"].get<int64_t>();
    options.bootstrap.seed = reference()["bootstrap"]["seed"].get<uint64_t>();
  }
  return options;
}

ClassPredictions class_predictions(const json& one) {
  return {one["classes"], one["probabilities"].get<std::vector<float>>(),
          one["truth"].get<std::vector<int64_t>>()};
}

LabelPredictions label_predictions(const json& one) {
  return {one["labels"], one["probabilities"].get<std::vector<float>>(),
          one["truth"].get<std::vector<uint8_t>>()};
}

ValuePredictions value_predictions(const json& one) {
  return {one["predicted"].get<std::vector<double>>(), one["truth"].get<std::vector<double>>()};
}

std::vector<std::string> names(int64_t count) {
  std::vector<std::string> labels;
  for (int64_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
  return labels;
}

void check_metrics(const std::vector<ReportMetric>& metrics, const json& one) {
  for (const auto& [key, expected] : one["metrics"].items()) {
    const ReportMetric& found = metric(metrics, key);
    INFO(one["name"] << ": " << key << " is " << found.value << ", not " << expected);
    CHECK(same(found.value, expected));
  }
  if (!one.contains("intervals")) return;
  for (const auto& [key, expected] : one["intervals"].items()) {
    const ReportMetric& found = metric(metrics, key);
    INFO(one["name"] << ": " << key << " from " << found.low << " to " << found.high << ", not "
                     << expected);
    CHECK(same(found.low, expected[0]));
    CHECK(same(found.high, expected[1]));
  }
}

}  // namespace

TEST_CASE("metrics of classes and their intervals are scikit-learn's and numpy's", "[metrics]") {
  for (const json& one : reference()["classes"]) {
    const auto report =
        make_report(class_predictions(one), names(one["classes"]), options_for(one));
    check_metrics(report.metrics, one);
    CHECK(report.confusion.counts == one["confusion"].get<std::vector<int64_t>>());
  }
}

TEST_CASE("scores by class and reliability are scikit-learn's and numpy's", "[metrics]") {
  for (const json& one : reference()["classes"]) {
    INFO(one["name"]);
    ReportOptions options = options_for(one);
    options.bootstrap.samples = 0;
    const auto report = make_report(class_predictions(one), names(one["classes"]), options);
    for (size_t c = 0; c < report.by_class.size(); ++c) {
      const json& expected = one["by_class"][c];
      CHECK(same(report.by_class[c].precision, expected[0]));
      CHECK(same(report.by_class[c].recall, expected[1]));
      CHECK(same(report.by_class[c].f1, expected[2]));
      CHECK(same(static_cast<double>(report.by_class[c].support), expected[3]));
    }
    for (size_t b = 0; b < report.reliability.size(); ++b) {
      const json& expected = one["reliability"][b];
      CHECK(same(report.reliability[b].confidence, expected[0]));
      CHECK(same(report.reliability[b].accuracy, expected[1]));
      CHECK(same(static_cast<double>(report.reliability[b].count), expected[2]));
    }
  }
}

TEST_CASE("metrics asked for one by one are those of the report", "[metrics]") {
  for (const json& one : reference()["classes"]) {
    INFO(one["name"]);
    const ClassPredictions predictions = class_predictions(one);
    const auto decided = predictions.decided(one["threshold"]);
    const auto matrix = confusion_matrix(predictions.truth, decided, predictions.classes);
    CHECK(same(accuracy(matrix), one["metrics"]["accuracy"]));
    CHECK(same(macro_f1(matrix), one["metrics"]["macro_f1"]));
    CHECK(same(matthews(matrix), one["metrics"]["mcc"]));
    CHECK(same(roc_auc(predictions), one["metrics"]["auc"]));
    CHECK(same(log_loss(predictions), one["metrics"]["log_loss"]));
    CHECK(same(brier_score(predictions), one["metrics"]["brier"]));
    CHECK(same(expected_calibration_error(predictions), one["metrics"]["ece"]));
  }
}

TEST_CASE("metrics of several labels and their intervals are scikit-learn's", "[metrics]") {
  for (const json& one : reference()["multi_label"]) {
    const auto report = make_report(label_predictions(one), names(one["labels"]), options_for(one));
    check_metrics(report.metrics, one);
  }
}

TEST_CASE("metrics of numbers and their intervals are scikit-learn's and scipy's", "[metrics]") {
  for (const json& one : reference()["values"]) {
    check_metrics(make_report(value_predictions(one), options_for(one)).metrics, one);
  }
}

TEST_CASE("the temperature is the one that scipy finds", "[metrics]") {
  for (const json& one : reference()["temperatures"]) {
    const ClassLogits logits{one["classes"], one["logits"].get<std::vector<float>>(),
                             one["truth"].get<std::vector<int64_t>>()};
    const double found = fit_temperature(logits);
    // scipy compares losses, which are flat around the least one.
    CHECK(found == Approx(one["temperature"].get<double>()).margin(1e-5).epsilon(0));
    CHECK(log_loss(calibrated(logits, found)) ==
          Approx(one["log_loss"].get<double>()).margin(1e-6).epsilon(0));
  }
}
