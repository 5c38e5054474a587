#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/metrics/bootstrap.h"
#include "app/metrics/classification.h"
#include "app/metrics/report_metric.h"

// Everything that is said of a classifier's answers to a labelled text: what `rondo evaluate`
// prints.
namespace rondo {

struct ReportOptions {
  double threshold = 0.5;        // two classes, multi-label: from which probability on
  bool ordinal = false;          // the classes stand in order
  int64_t bins = 15;             // of the reliability diagram
  BootstrapOptions bootstrap{};  // 0 samples: no intervals
};

struct ClassificationReport {
  ReportOptions options{};
  int64_t examples = 0;
  std::vector<std::string> labels{};
  // accuracy, macro_precision, macro_recall, macro_f1, micro_f1, weighted_f1, mcc, auc, log_loss,
  // brier, ece; ordinal: also mae (in classes) and quadratic_kappa.
  std::vector<ReportMetric> metrics{};
  std::vector<ClassScores> by_class{};  // [labels]
  ConfusionMatrix confusion{};
  std::vector<ReliabilityBin> reliability{};  // [options.bins]
};

struct MultiLabelReport {
  ReportOptions options{};
  int64_t examples = 0;
  std::vector<std::string> labels{};
  // accuracy (all labels right), hamming_loss, micro_precision, micro_recall, micro_f1, macro_f1,
  // auc
  std::vector<ReportMetric> metrics{};
  std::vector<ClassScores> by_label{};  // [labels]
};

struct ValueReport {
  ReportOptions options{};
  int64_t examples = 0;
  std::vector<ReportMetric> metrics{};  // mae, rmse, pearson, spearman
};

// Throw std::invalid_argument where sizes do not fit each other, a true class is none of the
// classes, or there are no bins.
ClassificationReport make_report(const ClassPredictions& predictions,
                                 const std::vector<std::string>& labels,
                                 const ReportOptions& options = {});
MultiLabelReport make_report(const LabelPredictions& predictions,
                             const std::vector<std::string>& labels,
                             const ReportOptions& options = {});
ValueReport make_report(const ValuePredictions& predictions, const ReportOptions& options = {});

// Whether a threshold decides, and not the likeliest class.
bool uses_threshold(const ClassificationReport& report);

// Aligned tables for a terminal; "-" is a number that cannot be measured.
std::string to_text(const ClassificationReport& report);
std::string to_text(const MultiLabelReport& report);
std::string to_text(const ValueReport& report);

// Numbers in full; null is one that cannot be measured. Names are valid UTF-8, whatever they were.
nlohmann::ordered_json to_json(const ClassificationReport& report);
nlohmann::ordered_json to_json(const MultiLabelReport& report);
nlohmann::ordered_json to_json(const ValueReport& report);

}  // namespace rondo
