#include "app/report/evaluation_page.h"

#include <cmath>

#include "app/metrics/unicode_text.h"
#include "app/report/axis.h"
#include "app/report/chart.h"

namespace rondo {
namespace {

constexpr const char* kEvaluationStyle = R"(
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--paper:#fff;--edge:#d9d9d9;
 --shade:31,95,168}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#a3a3a3;--paper:#181a1b;--edge:#3a3d3f;
 --shade:80,150,230}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
 max-width:1080px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.5rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
.soft{color:var(--soft);margin:.2rem 0}
.figures{display:flex;flex-wrap:wrap;gap:12px 36px;margin:1.4rem 0 .6rem;padding:0}
.figures div{min-width:7rem}.figures dt,.figures small{color:var(--soft);font-size:.85rem}
.figures dd{margin:0;font-size:1.4rem;font-variant-numeric:tabular-nums}
.figures small{display:block}
.scroll{overflow:auto}.chart{max-width:560px}.chart svg{width:100%;height:auto;display:block}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.3rem .8rem;text-align:right;border-bottom:1px solid var(--edge)}
th{font-weight:600}th:first-child{text-align:left}
.confusion td{background:rgba(var(--shade),var(--w))}.confusion td.right{font-weight:700}
.one{border-top:1px solid var(--edge);padding:.5rem 0;overflow-wrap:anywhere}
.one p{margin:.1rem 0}
)";

std::string element(const std::string& tag, const std::string& content) {
  return "<" + tag + ">" + content + "</" + tag.substr(0, tag.find(' ')) + ">";
}

std::string escaped(const std::string& text) {
  return escape_markup(encode_utf8(decode_utf8(text)));
}

// "-" is a number that cannot be measured.
std::string shown(double value, int decimals = 4) {
  return std::isnan(value) ? "-" : fixed_number(value, decimals);
}

std::string figure(const ReportMetric& metric) {
  const bool interval = !std::isnan(metric.low);
  return element("div",
                 element("dt", escaped(metric.name)) +
                     element("dd", shown(metric.value) +
                                       (interval ? element("small", shown(metric.low) + " to " +
                                                                        shown(metric.high))
                                                 : "")));
}

std::string figures(const EvaluationPage& page) {
  std::string text;
  for (const auto& metric : page.metrics) text += figure(metric);
  return element("dl class=\"figures\"", text);
}

std::string introduction(const EvaluationPage& page) {
  std::string text = std::to_string(page.examples) + " examples of " + escaped(page.file) + ".";
  if (!page.decision.empty()) text += " " + escaped(page.decision);
  if (page.bootstrap.samples > 0) {
    text += " The small numbers are 95% intervals from " + std::to_string(page.bootstrap.samples) +
            " resampled texts (seed " + std::to_string(page.bootstrap.seed) + ").";
  }
  return element("p class=\"soft\"", text);
}

std::string scores_table(const EvaluationPage& page) {
  std::string rows =
      element("tr", "<th>label</th><th>precision</th><th>recall</th><th>F1</th><th>examples</th>");
  for (size_t i = 0; i < page.by_label.size(); ++i) {
    const ClassScores& scores = page.by_label[i];
    rows += element(
        "tr", element("th", escaped(page.labels[i])) + element("td", shown(scores.precision)) +
                  element("td", shown(scores.recall)) + element("td", shown(scores.f1)) +
                  element("td", std::to_string(scores.support)));
  }
  return element("div class=\"scroll\"", element("table", rows));
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
  return element("div class=\"scroll\"", element("table class=\"confusion\"", rows));
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
  std::string rows =
      element("tr", "<th>probability</th><th>mean</th><th>right</th><th>examples</th>");
  for (size_t i = 0; i < page.reliability.size(); ++i) {
    const ReliabilityBin& bin = page.reliability[i];
    if (bin.count == 0) continue;
    const auto low = static_cast<double>(i);
    rows += element(
        "tr",
        element("th", fixed_number(low / bins, 2) + " to " + fixed_number((low + 1) / bins, 2)) +
            element("td", shown(bin.confidence)) + element("td", shown(bin.accuracy)) +
            element("td", std::to_string(bin.count)));
  }
  return element("details", "<summary>in numbers</summary>" + element("table", rows));
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
  std::string body =
      element("h1", "Evaluation of " + escaped(page.model)) + introduction(page) + figures(page);
  if (!page.by_label.empty()) body += element("h2", "Labels") + scores_table(page);
  if (page.confusion.classes > 0) body += element("h2", "Confusion") + confusion_table(page);
  if (!page.reliability.empty()) {
    body += element("h2", "Do probabilities mean what they say?") + reliability_chart(page) +
            reliability_table(page);
  }
  if (page.mistakes.empty()) return body;
  body += element("h2", "Worst mistakes");
  for (const auto& one : page.mistakes) body += mistake(one);
  return body;
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
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" +
         element("title", escaped(page.model) + ": Rondo evaluation") +
         element("style", kEvaluationStyle) + "</head>" + element("body", body_of(page)) +
         "</html>\n";
}

}  // namespace rondo
