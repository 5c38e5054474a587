#include "app/experiments/comparison_page.h"

#include "app/config/names.h"
#include "app/experiments/learning_curves.h"
#include "app/report/metrics_log.h"
#include "app/report/page.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

std::string link(const VariantRun& run, const std::string& text) {
  const std::string file = run.folder.filename().string() + "/report.html";
  return element("a href=\"" + escaped(file) + "\"", escaped(text));
}

PageTable table_of(const Comparison& comparison) {
  const TextRows rows = rows_of(comparison);
  const std::vector<size_t> ranking = ranking_of(comparison);
  PageTable table{.heads = rows.front()};
  for (size_t i = 0; i + 1 < rows.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& cell : rows[i + 1]) cells.push_back(escaped(cell));
    cells.front() = link(comparison.variants[ranking[i]].runs.front(), rows[i + 1].front());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string explanation(const Comparison& comparison) {
  std::string text =
      "Each training's best validation on the development text, which makes all of them look a "
      "little better than on a text not seen before. Reach is how many steps back the gradient is "
      "felt: by every way, and carried by the recurrence alone.";
  if (comparison.workers > 1) {
    text += " " + std::to_string(comparison.workers) +
            " trainings ran at once, so speeds and times are of a shared machine.";
  }
  return remark(text);
}

std::string problems(const Comparison& comparison) {
  std::string text;
  for (const VariantOutcome& outcome : comparison.variants) {
    for (const VariantRun& run : outcome.runs) {
      if (run.error.empty()) continue;
      text += element(
          "p", element("b", escaped(run.folder.filename().string())) + ": " + escaped(run.error));
    }
  }
  return text;
}

// Of every run, when there are several seeds.
std::string seeds_table(const Comparison& comparison) {
  const MetricLook look = look_of(yaml_name(comparison.metric));
  PageTable table{.heads = {"run", "seed", std::string(look.title), "at update", "ended"}};
  for (const VariantOutcome& outcome : comparison.variants) {
    if (outcome.runs.size() < 2) return "";
    for (const VariantRun& run : outcome.runs) {
      const RunResult result = run.result.value_or(RunResult{});
      table.rows.push_back({link(run, run.folder.filename().string()), std::to_string(run.seed),
                            run.result ? shown_number(result.best, look.decimals) : "-",
                            run.result ? std::to_string(result.best_update) : "-",
                            escaped(result.ended)});
    }
  }
  return to_html(table);
}

std::string settings_of(const Comparison& comparison) {
  std::string text;
  for (const VariantOutcome& outcome : comparison.variants) {
    for (const std::string& setting : outcome.variant.settings) text += "--set " + setting + " ";
    text += "\n";
  }
  return unfolding("what each variant sets", element("pre", escaped(text)));
}

}  // namespace

std::vector<Chart> charts_of(const Comparison& comparison) {
  std::vector<LearningCurve> curves;
  for (size_t i = 0; i < comparison.variants.size(); ++i) {
    const VariantOutcome& outcome = comparison.variants[i];
    for (const VariantRun& run : outcome.runs) {
      const bool first = &run == &outcome.runs.front();
      curves.push_back({.label = first ? outcome.variant.label : "",
                        .style = static_cast<int>(i),
                        .faint = !first,
                        .history = read_metrics(RunFolder{run.folder}.metrics())});
    }
  }
  return curve_charts(curves, comparison.metric);
}

std::string to_html(const Comparison& comparison) {
  std::vector<std::string> drawings;
  for (const Chart& chart : charts_of(comparison)) drawings.push_back(to_svg(chart));
  const std::string title = "Comparison of " + comparison.name;
  return to_html(Page{.title = title,
                      .body = element("h1", escaped(title)) +
                              element("p", escaped(conclusion_of(comparison))) +
                              to_html(table_of(comparison)) + explanation(comparison) +
                              section("Learning curves", gallery(drawings)) +
                              section("Seeds", seeds_table(comparison)) +
                              section("What failed", problems(comparison)) +
                              section("Settings", settings_of(comparison))});
}

}  // namespace rondo
