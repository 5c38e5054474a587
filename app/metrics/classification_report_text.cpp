#include <cstdio>

#include "app/metrics/classification_report.h"
#include "app/metrics/text_table.h"

namespace rondo {
namespace {

// More classes than this head the columns of the confusion matrix by number, not by name.
constexpr size_t kNamedColumns = 8;

std::string shortest(double number) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", number);
  return text;
}

std::string examples_line(int64_t examples) {
  return std::to_string(examples) + (examples == 1 ? " example" : " examples");
}

std::string interval_line(const BootstrapOptions& options) {
  if (options.samples == 0) return "";
  return "intervals of 95% from " + std::to_string(options.samples) + " resampled texts, seed " +
         std::to_string(options.seed) + "\n";
}

std::string metrics_table(const std::vector<ReportMetric>& metrics, const ReportOptions& options) {
  const bool intervals = options.bootstrap.samples > 0;
  TextRows rows{{"metric", "value"}};
  if (intervals) rows[0] = {"metric", "value", "low", "high"};
  for (const ReportMetric& one : metrics) {
    rows.push_back({one.name, fixed_digits(one.value)});
    if (!intervals) continue;
    rows.back().push_back(fixed_digits(one.low));
    rows.back().push_back(fixed_digits(one.high));
  }
  return text_table(rows);
}

std::string scores_table(const std::string& heading, const std::vector<std::string>& labels,
                         const std::vector<ClassScores>& scores) {
  TextRows rows{{heading, "precision", "recall", "F1", "examples"}};
  for (size_t i = 0; i < scores.size(); ++i) {
    rows.push_back({labels[i], fixed_digits(scores[i].precision), fixed_digits(scores[i].recall),
                    fixed_digits(scores[i].f1), std::to_string(scores[i].support)});
  }
  return text_table(rows);
}

std::string confusion_table(const ClassificationReport& report) {
  const bool numbered = report.labels.size() > kNamedColumns;
  TextRows rows{{"true \\ said"}};
  for (size_t truth = 0; truth < report.labels.size(); ++truth) {
    const std::string& label = report.labels[truth];
    const std::string number = std::to_string(truth + 1);
    rows[0].push_back(numbered ? number : label);
    rows.push_back({numbered ? number + " " + label : label});
    for (int64_t said = 0; said < report.confusion.classes; ++said) {
      const int64_t count = report.confusion.at(static_cast<int64_t>(truth), said);
      rows.back().push_back(std::to_string(count));
    }
  }
  return text_table(rows);
}

std::string reliability_table(const ClassificationReport& report) {
  const auto bins = static_cast<double>(report.reliability.size());
  TextRows rows{{"confidence", "mean", "right", "examples"}};
  for (size_t i = 0; i < report.reliability.size(); ++i) {
    const ReliabilityBin& bin = report.reliability[i];
    if (bin.count == 0) continue;
    const auto low = static_cast<double>(i);
    rows.push_back({fixed_digits(low / bins, 2) + "-" + fixed_digits((low + 1) / bins, 2),
                    fixed_digits(bin.confidence), fixed_digits(bin.accuracy),
                    std::to_string(bin.count)});
  }
  return text_table(rows);
}

}  // namespace

std::string to_text(const ClassificationReport& report) {
  std::string text = examples_line(report.examples) + "; ";
  text += uses_threshold(report) ? report.labels[1] + " from a probability of " +
                                       shortest(report.options.threshold) + " on\n"
                                 : "the likeliest class is taken\n";
  text += interval_line(report.options.bootstrap) + "\n";
  text += metrics_table(report.metrics, report.options) + "\n";
  text += scores_table("class", report.labels, report.by_class) + "\n";
  text += confusion_table(report) + "\n";
  return text + reliability_table(report);
}

std::string to_text(const MultiLabelReport& report) {
  return examples_line(report.examples) + "; labels from a probability of " +
         shortest(report.options.threshold) + " on\n" + interval_line(report.options.bootstrap) +
         "\n" + metrics_table(report.metrics, report.options) + "\n" +
         scores_table("label", report.labels, report.by_label);
}

std::string to_text(const ValueReport& report) {
  return examples_line(report.examples) + "\n" + interval_line(report.options.bootstrap) + "\n" +
         metrics_table(report.metrics, report.options);
}

}  // namespace rondo
