#include "app/report/report_page.h"

#include <algorithm>

#include "app/report/page.h"
#include "app/report/report_sections.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

constexpr const char* kRunStyle = R"(
tr.best td{font-weight:700}
dl.sample{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;
 margin:0 0 .4rem}
dl.sample dt{color:var(--soft)}dl.sample dd{margin:0;overflow-wrap:anywhere}
del{text-decoration:line-through;text-decoration-thickness:1px}
ins{text-decoration:underline;text-underline-offset:.2em}
del,ins{font-weight:600}
)";

const ValidPoint* best_of(const RunHistory& history) {
  const auto best = std::find_if(history.valid.rbegin(), history.valid.rend(),
                                 [](const ValidPoint& point) { return point.new_best; });
  return best == history.valid.rend() ? nullptr : &*best;
}

std::string shown(const MetricValue& metric) {
  return fixed_number(metric.value, look_of(metric.name).decimals);
}

std::vector<Figure> figures(const RunHistory& history) {
  std::vector<Figure> figures;
  if (const ValidPoint* best = best_of(history)) {
    for (const MetricValue& metric : best->values) {
      const std::string title(look_of(metric.name).title);
      const bool chosen_by = metric.name == history.metric;
      figures.push_back({(chosen_by ? "best " : "its ") + title, shown(metric)});
    }
    figures.push_back({"at update", std::to_string(best->update)});
  }
  if (!history.train.empty()) {
    const TrainPoint& last = history.train.back();
    figures.push_back({"updates so far", std::to_string(last.update)});
    figures.push_back({"epochs", fixed_number(last.epoch, 1)});
    figures.push_back({"trained for", shown_duration(last.seconds)});
    figures.push_back({history.tokens + "/s", fixed_number(last.tokens_per_second, 0)});
  }
  return figures;
}

std::string curves(const RunHistory& history) {
  std::vector<std::string> drawings;
  for (const Chart& chart : charts_of(history)) drawings.push_back(to_svg(chart));
  return gallery(drawings);
}

std::string row(const ValidPoint& point, bool best) {
  std::string cells = element("td", std::to_string(point.update)) +
                      element("td", fixed_number(point.epoch, 1)) +
                      element("td", shown_duration(point.seconds));
  for (const MetricValue& metric : point.values) {
    const bool marked = best && &metric == &point.values.back();
    cells += element("td", shown(metric) + (marked ? " (best)" : ""));
  }
  return element(best ? "tr class=\"best\"" : "tr", cells);
}

std::string validations(const RunHistory& history) {
  if (history.valid.empty()) return "";
  std::string heads = "<th>update</th><th>epoch</th><th>trained for</th>";
  for (const MetricValue& metric : history.valid.back().values) {
    heads += element("th", escaped(std::string(look_of(metric.name).title)));
  }
  std::string rows = element("tr", heads);
  for (auto point = history.valid.rbegin(); point != history.valid.rend(); ++point) {
    rows += row(*point, &*point == best_of(history));
  }
  return element("div class=\"scroll tall\"", element("table", rows));
}

std::string configuration(const RunHistory& history) {
  if (history.config.empty()) return "";
  return unfolding("every key, as it took effect", element("pre", escaped(history.config)));
}

}  // namespace

std::string to_html(const RunHistory& history) {
  const std::string body =
      element("h1", escaped(history.name)) + remark(history.machine) + to_html(figures(history)) +
      curves(history) + section("Validations", validations(history)) +
      sample_section(history.valid) + health_section(history.health) +
      data_section(history.statistics) + section("Configuration", configuration(history)) +
      remark("Redrawn at each validation; reload to see the newest.");
  return to_html(Page{.title = history.name + ": Rondo run", .body = body, .style = kRunStyle});
}

void write_report(const std::filesystem::path& run_folder, const RunHistory& history) {
  write_file_atomically(RunFolder{run_folder}.report(), to_html(history));
}

}  // namespace rondo
