#pragma once

#include <string>
#include <vector>

#include "app/metrics/classification_report.h"
#include "app/report/mistake.h"

namespace rondo {

// What a page of an evaluation shows; what is empty is left out.
struct EvaluationPage {
  std::string model{}, file{};
  int64_t examples = 0;
  std::string decision{};  // how a label is decided, one sentence
  BootstrapOptions bootstrap{};
  std::vector<ReportMetric> metrics{};
  std::vector<std::string> labels{};
  std::vector<ClassScores> by_label{};
  ConfusionMatrix confusion{};
  std::vector<ReliabilityBin> reliability{};
  std::vector<Mistake> mistakes{};
};

// The report's part; model, file and mistakes are the caller's.
EvaluationPage page_of(const ClassificationReport& report);
EvaluationPage page_of(const MultiLabelReport& report);
EvaluationPage page_of(const ValueReport& report);

// One self-contained page: it loads nothing, runs no script, and follows the reader's light or dark
// preference. Texts and names are escaped, and valid UTF-8 whatever they were.
std::string to_html(const EvaluationPage& page);

}  // namespace rondo
