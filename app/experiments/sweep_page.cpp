#include "app/experiments/sweep_page.h"

#include <algorithm>
#include <cmath>

#include "app/config/duration.h"
#include "app/config/names.h"
#include "app/config/number_text.h"
#include "app/experiments/learning_curves.h"
#include "app/experiments/quantities.h"
#include "app/report/metrics_log.h"
#include "app/report/page.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

constexpr size_t kNamedCurves = 6, kMostCurves = 60;
constexpr int kFaintStyle = 12;  // of the curves that have no name

std::string title_of(const Sweep& sweep) {
  return std::string(look_of(yaml_name(sweep.metric)).title);
}

// Values of a range are numbers, those of a list names.
bool is_numeric(const Dimension& dimension) { return dimension.kind != ValueKind::list; }

Coordinate coordinate_of(const Dimension& dimension) {
  Coordinate made{.title = dimension.group.label};
  if (dimension.is_logarithmic()) made.scale = Scale::logarithmic;
  if (!is_numeric(dimension)) made.names = dimension.values;
  return made;
}

double place_of(const Dimension& dimension, const std::string& value) {
  if (is_numeric(dimension)) return parse_number<double>(value).value_or(NAN);
  return static_cast<double>(std::ranges::find(dimension.values, value) - dimension.values.begin());
}

CoordinateLine line_of(const Sweep& sweep, const TrialResult& result) {
  const auto& values = sweep.values[static_cast<size_t>(result.trial)];
  CoordinateLine line{.tooltip = "trial " + std::to_string(result.trial) + ": " +
                                 shown_values(sweep, result.trial) + ": " + title_of(sweep) + " " +
                                 shown_number(result.best)};
  for (size_t i = 0; i < values.size(); ++i) {
    line.values.push_back(place_of(sweep.space[i], values[i]));
  }
  line.values.push_back(result.best);
  return line;
}

std::vector<LearningCurve> curves_of(const Sweep& sweep) {
  std::vector<LearningCurve> curves;
  for (const TrialResult& result : ranked(sweep)) {
    const bool named = curves.size() < kNamedCurves;
    curves.push_back(
        {.label = named ? "trial " + std::to_string(result.trial) : "",
         .style = named ? static_cast<int>(curves.size()) : kFaintStyle,
         .faint = !named,
         .history = read_metrics(RunFolder{trial_folder(sweep, result.trial)}.metrics())});
    if (curves.size() == kMostCurves) break;
  }
  return curves;
}

PageTable table_of(const Sweep& sweep) {
  const TextRows rows = rows_of(sweep);
  PageTable table{.tall = true};
  for (const std::string& head : rows.front()) table.heads.push_back(escaped(head));
  for (size_t i = 1; i < rows.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& cell : rows[i]) cells.push_back(escaped(cell));
    const std::string folder =
        trial_folder(sweep, parse_number<int64_t>(rows[i].front()).value_or(0)).filename().string();
    cells.front() = element("a href=\"" + folder + "/report.html\"", rows[i].front());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string how_it_searched(const Sweep& sweep) {
  std::string text = "Search: " + name_of(sweep.search) + ", " +
                     std::to_string(sweep.results.size()) + " of " +
                     std::to_string(sweep.values.size()) + " trials so far";
  if (sweep.rungs.size() > 1) {
    text += "; all begin with " + to_string(sweep.rungs.front());
    for (size_t i = 1; i < sweep.rungs.size(); ++i) {
      text += (i == 1 ? ", the best go on to " : ", then ") + to_string(sweep.rungs[i]);
    }
  }
  return text + ". The best experiment is in best.yaml.";
}

std::string problems(const Sweep& sweep) {
  std::string text;
  for (const TrialResult& result : sweep.results) {
    if (result.error.empty()) continue;
    text += element(
        "p", element("b", "trial " + std::to_string(result.trial)) + ": " + escaped(result.error));
  }
  return text;
}

}  // namespace

ParallelCoordinates coordinates_of(const Sweep& sweep) {
  ParallelCoordinates plot{.title = "Every trial across its values; the thick line is the best"};
  for (const Dimension& dimension : sweep.space) plot.axes.push_back(coordinate_of(dimension));
  plot.axes.push_back({.title = title_of(sweep)});
  for (const TrialResult& result : ranked(sweep)) plot.lines.push_back(line_of(sweep, result));
  return plot;
}

std::string to_html(const Sweep& sweep) {
  std::vector<std::string> drawings;
  for (const Chart& chart : curve_charts(curves_of(sweep), sweep.metric)) {
    drawings.push_back(to_svg(chart));
  }
  const std::string title = "Sweep of " + sweep.name;
  return to_html(Page{.title = title,
                      .body = element("h1", escaped(title)) +
                              element("p", escaped(conclusion_of(sweep))) +
                              remark(how_it_searched(sweep)) +
                              element("div class=\"scroll wide\"", to_svg(coordinates_of(sweep))) +
                              section("Trials", to_html(table_of(sweep))) +
                              section("Learning curves of the best trials", gallery(drawings)) +
                              section("What failed", problems(sweep)),
                      .style = ".wide svg{max-width:none;display:block}"});
}

}  // namespace rondo
