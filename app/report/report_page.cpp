#include "app/report/report_page.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

constexpr const char* kPageStyle = R"(
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--paper:#fff;--edge:#d9d9d9}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#a3a3a3;--paper:#181a1b;--edge:#3a3d3f}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
 max-width:1180px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
.soft{color:var(--soft);margin:.2rem 0}
.figures{display:flex;flex-wrap:wrap;gap:12px 40px;margin:1.4rem 0 .6rem;padding:0}
.figures div{min-width:6rem}.figures dt{color:var(--soft);font-size:.85rem}
.figures dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:18px 24px}
.charts svg{width:100%;height:auto;display:block}
.scroll{overflow:auto;max-height:26rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;width:100%;font-size:.92rem}
th,td{padding:.3rem .8rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--edge)}
th{position:sticky;top:0;background:var(--paper);font-weight:600}
tr.best td{font-weight:700}
dl.sample{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 .4rem}
dl.sample dt{color:var(--soft)}dl.sample dd{margin:0;overflow-wrap:anywhere}
.one{border-left:3px solid var(--edge);padding-left:1rem;margin-bottom:1.2rem}
summary{cursor:pointer;color:var(--soft)}
pre{overflow:auto;font-size:.85rem;border:1px solid var(--edge);padding:.8rem;border-radius:4px}
)";

std::string element(const std::string& tag, const std::string& content) {
  return "<" + tag + ">" + content + "</" + tag.substr(0, tag.find(' ')) + ">";
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "?";
  const auto whole = static_cast<int64_t>(std::llround(seconds));
  const auto two = [](int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + two(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + two(whole / 60 % 60) + " min";
}

const ValidPoint* best_of(const RunHistory& history) {
  const auto best = std::find_if(history.valid.rbegin(), history.valid.rend(),
                                 [](const ValidPoint& point) { return point.new_best; });
  return best == history.valid.rend() ? nullptr : &*best;
}

std::string figure(const std::string& name, const std::string& value) {
  return element("div", element("dt", name) + element("dd", value));
}

std::string shown(const MetricValue& metric) {
  return fixed_number(metric.value, look_of(metric.name).decimals);
}

std::string figures(const RunHistory& history) {
  std::string text;
  if (const ValidPoint* best = best_of(history)) {
    for (const MetricValue& metric : best->values) {
      const std::string title(look_of(metric.name).title);
      const bool chosen_by = metric.name == history.metric;
      text += figure((chosen_by ? "best " : "its ") + title, shown(metric));
    }
    text += figure("at update", std::to_string(best->update));
  }
  if (!history.train.empty()) {
    const TrainPoint& last = history.train.back();
    text += figure("updates so far", std::to_string(last.update)) +
            figure("epochs", fixed_number(last.epoch, 1)) +
            figure("trained for", duration(last.seconds)) +
            figure(history.tokens + "/s", fixed_number(last.tokens_per_second, 0));
  }
  return element("dl class=\"figures\"", text);
}

std::string curves(const RunHistory& history) {
  std::string text;
  for (const Chart& chart : charts_of(history)) text += to_svg(chart) + "\n";
  return element("div class=\"charts\"", text);
}

std::string row(const ValidPoint& point, bool best) {
  std::string cells = element("td", std::to_string(point.update)) +
                      element("td", fixed_number(point.epoch, 1)) +
                      element("td", duration(point.seconds));
  for (const MetricValue& metric : point.values) {
    const bool marked = best && &metric == &point.values.back();
    cells += element("td", shown(metric) + (marked ? " (best)" : ""));
  }
  return element(best ? "tr class=\"best\"" : "tr", cells);
}

std::string validations(const RunHistory& history) {
  std::string heads = "<th>update<th>epoch<th>trained for";
  for (const MetricValue& metric : history.valid.back().values) {
    heads += "<th>" + std::string(look_of(metric.name).title);
  }
  std::string rows = element("tr", heads);
  for (auto point = history.valid.rbegin(); point != history.valid.rend(); ++point) {
    rows += row(*point, &*point == best_of(history));
  }
  return element("div class=\"scroll\"", element("table", rows));
}

std::string term(const std::string& name, const std::string& text) {
  return element("dt", name) + "<dd dir=\"auto\">" + escape_markup(text) + "</dd>";
}

// What earlier validations made of the same sentence, newest first.
std::string earlier_outputs(const RunHistory& history, const ValidSample& sample) {
  std::string text;
  for (auto point = history.valid.rbegin() + 1; point < history.valid.rend(); ++point) {
    for (const ValidSample& other : point->samples) {
      if (other.source != sample.source) continue;
      text += term("update " + std::to_string(point->update), other.hypothesis);
      break;
    }
  }
  if (text.empty()) return "";
  return element("details",
                 "<summary>earlier outputs</summary>" + element("dl class=\"sample\"", text));
}

std::string samples(const RunHistory& history) {
  if (history.valid.empty()) return "";
  std::string text;
  for (const ValidSample& sample : history.valid.back().samples) {
    const std::string terms = term("source", sample.source) + term("reference", sample.reference) +
                              term("output", sample.hypothesis);
    text += element("div class=\"one\"",
                    element("dl class=\"sample\"", terms) + earlier_outputs(history, sample));
  }
  return text.empty() ? "" : element("h2", "Samples of the last validation") + text;
}

}  // namespace

std::string to_html(const RunHistory& history) {
  const std::string name = escape_markup(history.name);
  std::string body = element("h1", name) +
                     element("p class=\"soft\"", escape_markup(history.machine)) +
                     figures(history) + curves(history);
  if (!history.valid.empty()) body += element("h2", "Validations") + validations(history);
  body += samples(history);
  if (!history.config.empty()) {
    body += element("h2", "Configuration") +
            element("details", "<summary>every key, as it took effect</summary>" +
                                   element("pre", escape_markup(history.config)));
  }
  body += element("p class=\"soft\"", "Redrawn at each validation; reload to see the newest.");
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" +
         element("title", name + ": Rondo run") + element("style", kPageStyle) + "</head>" +
         element("body", body) + "</html>\n";
}

void write_report(const std::filesystem::path& run_folder, const RunHistory& history) {
  write_file_atomically(RunFolder{run_folder}.report(), to_html(history));
}

}  // namespace rondo
