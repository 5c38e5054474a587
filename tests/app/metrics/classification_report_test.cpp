#include "app/metrics/classification_report.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "app/metrics/pcg64.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

using namespace rondo;

namespace {

const std::vector<std::string> kNames{"negative", "positive"};
const ReportOptions kNoIntervals{.bootstrap = {.samples = 0}};

// One of four is wrong.
const ClassPredictions kFour{
    2, {0.75f, 0.25f, 0.25f, 0.75f, 0.25f, 0.75f, 0.0f, 1.0f}, {0, 1, 0, 1}};

// Two classes whose probabilities come true as often as they say.
ClassPredictions calibrated_predictions(int64_t examples) {
  Pcg64 random(3);
  ClassPredictions predictions{.classes = 2};
  for (int64_t i = 0; i < examples; ++i) {
    const auto one = static_cast<float>(random.below(1001)) / 1000;
    predictions.probabilities.insert(predictions.probabilities.end(), {1 - one, one});
    predictions.truth.push_back(static_cast<float>(random.below(1000)) < 1000 * one ? 1 : 0);
  }
  return predictions;
}

// Nine classes, an example each, all right.
ClassPredictions nine_classes() {
  ClassPredictions predictions{.classes = 9, .probabilities = std::vector<float>(81)};
  for (int64_t c = 0; c < 9; ++c) {
    predictions.probabilities[static_cast<size_t>(10 * c)] = 1;
    predictions.truth.push_back(c);
  }
  return predictions;
}

}  // namespace

TEST_CASE("a report of classes is read as aligned tables", "[metrics]") {
  CHECK(to_text(make_report(kFour, kNames, kNoIntervals)) ==
        "4 examples; positive from a probability of 0.5 on\n"
        "\n"
        "metric                 value\n"
        "accuracy              0.7500\n"
        "macro precision       0.8333\n"
        "macro recall          0.7500\n"
        "macro F1              0.7333\n"
        "micro F1              0.7500\n"
        "weighted F1           0.7333\n"
        "Matthews correlation  0.5774\n"
        "ROC AUC               0.8750\n"
        "log loss              0.4904\n"
        "Brier score           0.1719\n"
        "calibration error     0.0625\n"
        "\n"
        "class     precision  recall      F1  examples\n"
        "negative     1.0000  0.5000  0.6667         2\n"
        "positive     0.6667  1.0000  0.8000         2\n"
        "\n"
        "true \\ said  negative  positive\n"
        "negative            1         1\n"
        "positive            0         2\n"
        "\n"
        "confidence    mean   right  examples\n"
        "0.73-0.80   0.7500  0.6667         3\n"
        "0.93-1.00   1.0000  1.0000         1\n");
}

TEST_CASE("intervals hold the metric and narrow as the text grows", "[metrics]") {
  const ReportOptions options{.bootstrap = {.samples = 200}};
  const auto small = make_report(calibrated_predictions(100), kNames, options);
  const auto large = make_report(calibrated_predictions(2500), kNames, options);
  for (const char* key : {"accuracy", "macro_f1", "mcc", "auc", "log_loss", "brier"}) {
    INFO(key);
    const ReportMetric& of_small = metric(small.metrics, key);
    const ReportMetric& of_large = metric(large.metrics, key);
    CHECK(of_small.low <= of_small.value);
    CHECK(of_small.value <= of_small.high);
    CHECK(of_large.low <= of_large.value);
    CHECK(of_large.value <= of_large.high);
    CHECK(of_large.high - of_large.low < 0.4 * (of_small.high - of_small.low));
  }
}

TEST_CASE("a report with intervals says how they were made", "[metrics]") {
  const std::string text = to_text(make_report(kFour, kNames, {.bootstrap = {.samples = 20}}));
  CHECK_THAT(text, ContainsSubstring("\nintervals of 95% from 20 resampled texts, seed 12345\n"));
  CHECK_THAT(text, ContainsSubstring("\nmetric                 value     low    high\n"));
}

TEST_CASE("the threshold decides between two classes and is shown", "[metrics]") {
  const auto report = make_report(kFour, kNames, {.threshold = 0.875, .bootstrap = {.samples = 0}});
  CHECK(report.confusion.counts == std::vector<int64_t>{2, 0, 1, 1});
  CHECK_THAT(to_text(report), ContainsSubstring("positive from a probability of 0.875 on"));
  CHECK(to_json(report)["threshold"] == 0.875);
}

TEST_CASE("only ordered classes have a distance and a kappa", "[metrics]") {
  const auto plain = make_report(kFour, kNames, kNoIntervals);
  CHECK_THROWS_AS(metric(plain.metrics, "quadratic_kappa"), std::out_of_range);
  const auto ordinal = make_report(kFour, kNames, {.ordinal = true, .bootstrap = {.samples = 0}});
  CHECK(metric(ordinal.metrics, "mae").value == 0.25);
  CHECK(metric(ordinal.metrics, "quadratic_kappa").value == Approx(0.5));
  CHECK(to_json(ordinal)["targets"] == "ordinal");
}

TEST_CASE("many classes head the confusion matrix by their numbers", "[metrics]") {
  const std::vector<std::string> names{"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  const std::string text = to_text(make_report(nine_classes(), names, kNoIntervals));
  CHECK_THAT(text, ContainsSubstring("9 examples; the likeliest class is taken\n"));
  CHECK_THAT(text, ContainsSubstring("\ntrue \\ said  1  2  3  4  5  6  7  8  9\n"
                                     "1 a          1  0  0  0  0  0  0  0  0\n"));
}

TEST_CASE("the JSON of classes holds every number in full", "[metrics]") {
  const auto report = make_report(kFour, kNames, {.bootstrap = {.samples = 40, .seed = 9}});
  const auto json = nlohmann::json::parse(to_json(report).dump());
  CHECK(json["targets"] == "classes");
  CHECK(json["examples"] == 4);
  CHECK(json["labels"].dump() == R"(["negative","positive"])");
  CHECK(json["bootstrap"]["samples"] == 40);
  CHECK(json["bootstrap"]["seed"] == 9);
  const ReportMetric& f1 = metric(report.metrics, "macro_f1");
  CHECK(json["metrics"]["macro_f1"]["value"] == f1.value);
  CHECK(json["metrics"]["macro_f1"]["low"] == f1.low);
  CHECK(json["metrics"]["macro_f1"]["high"] == f1.high);
  CHECK(json["classes"][1]["label"] == "positive");
  CHECK(json["classes"][1]["recall"] == 1);
  CHECK(json["classes"][1]["support"] == 2);
  CHECK(json["confusion_matrix"].dump() == "[[1,1],[0,2]]");
  CHECK(json["reliability"].size() == 15);
  CHECK(json["reliability"][11]["count"] == 3);
}

TEST_CASE("what cannot be measured is null in JSON and a dash in text", "[metrics]") {
  const ClassPredictions one_class{2, {0.75f, 0.25f, 0.75f, 0.25f}, {0, 0}};
  const auto report = make_report(one_class, kNames, {.bootstrap = {.samples = 20}});
  const auto json = to_json(report);
  CHECK(json["metrics"]["auc"]["value"].is_null());
  CHECK(json["metrics"]["mcc"]["low"].is_null());
  CHECK(json["classes"][1]["f1"].is_null());
  CHECK(json["reliability"][0]["accuracy"].is_null());
  CHECK_THAT(to_text(report),
             ContainsSubstring("\nROC AUC                    -       -       -\n"));
}

TEST_CASE("a label of any bytes leaves the JSON valid", "[metrics]") {
  const auto report = make_report(kFour, {"\xff", "b"}, kNoIntervals);
  CHECK(nlohmann::json::parse(to_json(report).dump())["labels"][0] == "\ufffd");
}

TEST_CASE("a report of no examples measures nothing", "[metrics]") {
  const auto report = make_report(ClassPredictions{.classes = 2}, kNames);
  CHECK(report.examples == 0);
  for (const ReportMetric& one : report.metrics) {
    INFO(one.key);
    CHECK(std::isnan(one.value));
    CHECK(std::isnan(one.low));
  }
}

TEST_CASE("predictions whose sizes do not fit make no report", "[metrics]") {
  const auto complaint = [](const ClassPredictions& predictions) {
    return message_of<std::invalid_argument>(
        [&] { make_report(predictions, kNames, kNoIntervals); });
  };
  CHECK(complaint({3, {0.5f, 0.25f, 0.25f}, {0}}) == "a report needs a label for each class");
  CHECK(complaint({2, {0.5f}, {0}}) == "a report needs a probability for each example and class");
  CHECK(complaint({2, {0.5f, 0.5f}, {2}}) == "a true class is none of the classes");
  CHECK_THROWS_AS(make_report(LabelPredictions{2, {0.5f, 0.5f, 0.5f}, {0, 1, 1}}, kNames),
                  std::invalid_argument);
  CHECK_THROWS_AS(make_report(ValuePredictions{{1, 2}, {1}}), std::invalid_argument);
}

TEST_CASE("a report of several labels shows the threshold and each label", "[metrics]") {
  const LabelPredictions predictions{2, {0.9f, 0.1f, 0.8f, 0.6f, 0.3f, 0.75f}, {1, 0, 0, 1, 1, 1}};
  const auto report = make_report(predictions, {"joy", "fear"}, kNoIntervals);
  CHECK(to_text(report) ==
        "3 examples; labels from a probability of 0.5 on\n"
        "\n"
        "metric             value\n"
        "all labels right  0.3333\n"
        "Hamming loss      0.3333\n"
        "micro precision   0.7500\n"
        "micro recall      0.7500\n"
        "micro F1          0.7500\n"
        "macro F1          0.7500\n"
        "ROC AUC           0.7500\n"
        "\n"
        "label  precision  recall      F1  examples\n"
        "joy       0.5000  0.5000  0.5000         2\n"
        "fear      1.0000  1.0000  1.0000         2\n");
  const auto json = to_json(report);
  CHECK(json["targets"] == "multi_label");
  CHECK(json["threshold"] == 0.5);
  CHECK(json["by_label"][1]["label"] == "fear");
}

TEST_CASE("a report of numbers holds errors and correlations", "[metrics]") {
  const auto report = make_report(ValuePredictions{{1, 2, 3}, {1, 3, 5}}, kNoIntervals);
  CHECK(to_text(report) ==
        "3 examples\n"
        "\n"
        "metric                    value\n"
        "mean absolute error      1.0000\n"
        "root mean squared error  1.2910\n"
        "Pearson correlation      1.0000\n"
        "Spearman correlation     1.0000\n");
  CHECK(to_json(report)["targets"] == "value");
  CHECK(to_json(report)["metrics"]["mae"]["value"] == 1);
}
