#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/metrics/classification_report.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no not-a-number.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

// Labels may hold any bytes; JSON may not.
Json name(const std::string& label) { return encode_utf8(decode_utf8(label)); }

Json names(const std::vector<std::string>& labels) {
  Json list = Json::array();
  for (const std::string& label : labels) list.push_back(name(label));
  return list;
}

Json metrics_json(const std::vector<ReportMetric>& metrics) {
  Json json = Json::object();
  for (const ReportMetric& one : metrics) {
    json[one.key] =
        Json{{"value", number(one.value)}, {"low", number(one.low)}, {"high", number(one.high)}};
  }
  return json;
}

Json scores_json(const std::vector<std::string>& labels, const std::vector<ClassScores>& scores) {
  Json list = Json::array();
  for (size_t i = 0; i < scores.size(); ++i) {
    list.push_back(Json{{"label", name(labels[i])},
                        {"precision", number(scores[i].precision)},
                        {"recall", number(scores[i].recall)},
                        {"f1", number(scores[i].f1)},
                        {"support", scores[i].support}});
  }
  return list;
}

// Rows are true classes, columns predicted ones.
Json confusion_json(const ConfusionMatrix& matrix) {
  Json rows = Json::array();
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    Json row = Json::array();
    for (int64_t said = 0; said < matrix.classes; ++said) row.push_back(matrix.at(truth, said));
    rows.push_back(std::move(row));
  }
  return rows;
}

Json reliability_json(const std::vector<ReliabilityBin>& bins) {
  Json list = Json::array();
  const auto count = static_cast<double>(bins.size());
  for (size_t i = 0; i < bins.size(); ++i) {
    list.push_back(Json{{"from", static_cast<double>(i) / count},
                        {"to", static_cast<double>(i + 1) / count},
                        {"confidence", number(bins[i].confidence)},
                        {"accuracy", number(bins[i].accuracy)},
                        {"count", bins[i].count}});
  }
  return list;
}

Json bootstrap_json(const BootstrapOptions& options) {
  return Json{{"samples", options.samples}, {"seed", options.seed}, {"level", 0.95}};
}

}  // namespace

Json to_json(const ClassificationReport& report) {
  Json json{{"targets", report.options.ordinal ? "ordinal" : "classes"},
            {"examples", report.examples},
            {"labels", names(report.labels)}};
  json["threshold"] = uses_threshold(report) ? Json(report.options.threshold) : Json();
  json["bootstrap"] = bootstrap_json(report.options.bootstrap);
  json["metrics"] = metrics_json(report.metrics);
  json["classes"] = scores_json(report.labels, report.by_class);
  json["confusion_matrix"] = confusion_json(report.confusion);
  json["reliability"] = reliability_json(report.reliability);
  return json;
}

Json to_json(const MultiLabelReport& report) {
  Json json{{"targets", "multi_label"},
            {"examples", report.examples},
            {"labels", names(report.labels)},
            {"threshold", report.options.threshold}};
  json["bootstrap"] = bootstrap_json(report.options.bootstrap);
  json["metrics"] = metrics_json(report.metrics);
  json["by_label"] = scores_json(report.labels, report.by_label);
  return json;
}

Json to_json(const ValueReport& report) {
  Json json{{"targets", "value"}, {"examples", report.examples}};
  json["bootstrap"] = bootstrap_json(report.options.bootstrap);
  json["metrics"] = metrics_json(report.metrics);
  return json;
}

}  // namespace rondo
