#include "app/report/evaluation_page.h"

#include <cmath>

#include "app/report/axis.h"
#include "app/report/chart.h"
#include "app/report/page.h"

namespace rondo {
namespace {

constexpr const char* kEvaluationStyle = R"(
body{max-width:1080px}.chart{max-width:560px}.chart svg{width:100%;height:auto;display:block}
.confusion td{background:rgba(var(--shade),var(--w))}.confusion td.right{font-weight:700}
)";

std::string figures(const EvaluationPage& page) {
  std::vector<Figure> figures;
  for (const auto& metric : page.metrics) {
    const bool interval = !std::isnan(metric.low);
    figures.push_back(
        {metric.name, shown_number(metric.value),
         interval ? shown_number(metric.low) + " to " + shown_number(metric.high) : ""});
  }
  return to_html(figures);
}

std::string introduction(const EvaluationPage& page) {
  std::string text = std::to_string(page.examples) + " examples of " + page.file + ".";
  if (!page.decision.empty()) text += " " + page.decision;
  if (page.bootstrap.samples > 0) {
    text += " The small numbers are 95% intervals from " + std::to_string(page.bootstrap.samples) +
            " resampled texts (seed " + std::to_string(page.bootstrap.seed) + ").";
  }
  return remark(text);
}

std::string scores_table(const EvaluationPage& page) {
  if (page.by_label.empty()) return "";
  PageTable table{.heads = {"label", "precision", "recall", "F1", "examples"}};
  for (size_t i = 0; i < page.by_label.size(); ++i) {
    const ClassScores& scores = page.by_label[i];
    table.rows.push_back({escaped(page.labels[i]), shown_number(scores.precision),
                          shown_number(scores.recall), shown_number(scores.f1),
                          std::to_string(scores.support)});
  }
  return to_html(table);
}

// Shaded by the share of the true class's examples.
std::string confusion_cell(const EvaluationPage& page, int64_t truth, int64_t said) {
  const auto own = static_cast<size_t>(truth);
  const auto support = static_cast<double>(page.by_label[own].support);
  const int64_t count = page.confusion.at(truth, said);
  const double share = support > 0 ? static_cast<double>(count) / support : 0;
  const std::string kind = truth == said ? " class=\"right\"" : "";
  return element("td" + kind + " style=\"--w:" + fixed_number(0.55 * share, 2) + "\" title=\"" +
                     fixed_number(100 * share, 1) + "% of " + escaped(page.labels[own]) + "\"",
                 std::to_string(count));
}

std::string confusion_table(const EvaluationPage& page) {
  if (page.confusion.classes == 0) return "";
  std::string heads = element("th", "true \\ said");
  for (const auto& label : page.labels) heads += element("th", escaped(label));
  std::string rows = element("tr", heads);
  for (int64_t truth = 0; truth < page.confusion.classes; ++truth) {
    std::string cells = element("th", escaped(page.labels[static_cast<size_t>(truth)]));
    for (int64_t said = 0; said < page.confusion.classes; ++said) {
      cells += confusion_cell(page, truth, said);
    }
    rows += element("tr", cells);
  }
  return element("div class=\"scroll\"", element("table class=\"named confusion\"", rows));
}

std::string reliability_chart(const EvaluationPage& page) {
  Series measured{.label = "model", .markers = true};
  for (const auto& bin : page.reliability) {
    if (bin.count > 0) measured.points.push_back({bin.confidence, bin.accuracy});
  }
  const Chart chart{.title = "Reliability",
                    .x_label = "mean probability of the likeliest class",
                    .y_label = "share of them that is right",
                    .series = {std::move(measured), {.label = "ideal", .points = {{0, 0}, {1, 1}}}},
                    .from_zero = true,
                    .height = 360};
  return element("div class=\"chart\"", to_svg(chart));
}

std::string reliability_table(const EvaluationPage& page) {
  const auto bins = static_cast<double>(page.reliability.size());
  PageTable table{.heads = {"probability", "mean", "right", "examples"}};
  for (size_t i = 0; i < page.reliability.size(); ++i) {
    const ReliabilityBin& bin = page.reliability[i];
    if (bin.count == 0) continue;
    const auto low = static_cast<double>(i);
    table.rows.push_back({fixed_number(low / bins, 2) + " to " + fixed_number((low + 1) / bins, 2),
                          shown_number(bin.confidence), shown_number(bin.accuracy),
                          std::to_string(bin.count)});
  }
  return unfolding("in numbers", to_html(table));
}

std::string mistake(const Mistake& mistake) {
  const std::string said = "line " + std::to_string(mistake.line) + ": said " +
                           element("b", escaped(mistake.prediction)) + " (" +
                           fixed_number(mistake.confidence, 4) + "), is " +
                           element("b", escaped(mistake.label));
  return element("div class=\"one\"", element("p class=\"soft\"", said) +
                                          element("p dir=\"auto\"", escaped(mistake.text)));
}

std::string body_of(const EvaluationPage& page) {
  std::string mistakes;
  for (const auto& one : page.mistakes) mistakes += mistake(one);
  const std::string reliability =
      page.reliability.empty() ? "" : reliability_chart(page) + reliability_table(page);
  return element("h1", "Evaluation of " + escaped(page.model)) + introduction(page) +
         figures(page) + section("Labels", scores_table(page)) +
         section("Confusion", confusion_table(page)) +
         section("Do probabilities mean what they say?", reliability) +
         section("Worst mistakes", mistakes);
}

}  // namespace

EvaluationPage page_of(const ClassificationReport& report) {
  const std::string decision = uses_threshold(report)
                                   ? report.labels[1] + " is decided from a probability of " +
                                         short_number(report.options.threshold) + " on."
                                   : "The likeliest label is decided.";
  return {.examples = report.examples,
          .decision = decision,
          .bootstrap = report.options.bootstrap,
          .metrics = report.metrics,
          .labels = report.labels,
          .by_label = report.by_class,
          .confusion = report.confusion,
          .reliability = report.reliability};
}

EvaluationPage page_of(const MultiLabelReport& report) {
  return {.examples = report.examples,
          .decision = "Labels are decided from a probability of " +
                      short_number(report.options.threshold) + " on.",
          .bootstrap = report.options.bootstrap,
          .metrics = report.metrics,
          .labels = report.labels,
          .by_label = report.by_label};
}

EvaluationPage page_of(const ValueReport& report) {
  return {.examples = report.examples,
          .bootstrap = report.options.bootstrap,
          .metrics = report.metrics};
}

std::string to_html(const EvaluationPage& page) {
  return to_html(Page{.title = page.model + ": Rondo evaluation",
                      .body = body_of(page),
                      .style = kEvaluationStyle});
}

}  // namespace rondo
