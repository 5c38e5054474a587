#include <cmath>

#include "app/metrics/unicode_text.h"
#include "app/report/axis.h"
#include "app/report/chart.h"
#include "app/report/diagnosis.h"
#include "app/report/verdict_name.h"

namespace rondo {
namespace {

constexpr const char* kDiagnosisStyle = R"(
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--paper:#fff;--edge:#d9d9d9}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#a3a3a3;--paper:#181a1b;--edge:#3a3d3f}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
 max-width:1180px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.5rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
.soft{color:var(--soft);margin:.2rem 0;max-width:46rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));
 gap:18px 24px}
.charts svg{width:100%;height:auto;display:block}
.scroll{overflow:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.3rem .8rem;text-align:right;border-bottom:1px solid var(--edge)}
th{font-weight:600}th:first-child{text-align:left}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem}
dt{color:var(--soft)}dd{margin:0}
)";

std::string tagged(const std::string& tag, const std::string& content) {
  return "<" + tag + ">" + content + "</" + tag.substr(0, tag.find(' ')) + ">";
}

std::string as_markup(const std::string& text) {
  return escape_markup(encode_utf8(decode_utf8(text)));
}

std::string cell(double value, int decimals) {
  return tagged("td", std::isfinite(value) ? fixed_number(value, decimals) : "-");
}

std::string row_of(const LayerHealth& layer) {
  return tagged("tr", tagged("th", as_markup(layer.name)) +
                          cell(static_cast<double>(layer.total.norms.size()), 0) +
                          cell(static_cast<double>(layer.total.reach), 0) +
                          cell(static_cast<double>(layer.carried.reach), 0) +
                          tagged("td", short_number(layer.total.first_to_last)) +
                          cell(layer.saturated, 2) + cell(layer.spectral_radius, 2) +
                          cell(layer.update_ratio, 4) +
                          tagged("td", std::string(verdict_name(layer.verdict))));
}

std::string table_of(const GradientHealth& health) {
  std::string rows =
      tagged("tr",
             "<th>layer</th><th>steps</th><th>reach</th><th>by itself</th><th>first/last</th>"
             "<th>saturated</th><th>spectral radius</th><th>update ratio</th><th>verdict</th>");
  for (const LayerHealth& layer : health.layers) rows += row_of(layer);
  return tagged("div class=\"scroll\"", tagged("table", rows));
}

Series series_of(const std::string& label, const GradientAlongTime& along) {
  Series series{.label = label};
  for (size_t back = 0; back < along.norms.size(); ++back) {
    series.points.push_back({static_cast<double>(back), along.norms[back]});
  }
  return series;
}

std::string charts_of(const GradientHealth& health) {
  std::string charts;
  for (const LayerHealth& layer : health.layers) {
    charts += to_svg(
        {.title = layer.name,
         .x_label = "steps before the last",
         .series = {series_of("all ways", layer.total), series_of("by itself", layer.carried)},
         .scale = Scale::logarithmic});
  }
  return tagged("div class=\"charts\"", charts);
}

std::string findings_of(const GradientHealth& health) {
  std::string list;
  for (const LayerHealth& layer : health.layers) {
    const std::string advice = layer.advice.empty() ? "" : ". Try " + layer.advice;
    list += tagged("dt", as_markup(layer.name)) +
            tagged("dd", std::string(verdict_name(layer.verdict)) + ": " +
                             as_markup(layer.reason + advice) + ".");
  }
  if (!std::isnan(health.dead_embeddings)) {
    list += tagged("dt", "embeddings") +
            tagged("dd", fixed_number(100 * health.dead_embeddings, 1) + "% of rows " +
                             as_markup(health.dead_embeddings_of) + ".");
  }
  return tagged("dl", list);
}

std::string introduction(const Diagnosis& diagnosis) {
  const GradientHealth& health = diagnosis.health;
  return tagged("p class=\"soft\"",
                std::to_string(health.sentences) + " sentences of " + as_markup(diagnosis.text) +
                    ", " + std::to_string(health.steps) + " steps at most; gradient norm " +
                    short_number(health.gradient_norm) + ".") +
         tagged("p class=\"soft\"",
                "Each curve is the norm of the loss's gradient with respect to a layer's state, "
                "from the last step of a sentence back to its first. Where it falls below a "
                "hundredth, the layer cannot learn from what it read there. The second curve, by "
                "itself, is what the recurrence alone carries back from the last step: all there "
                "would be without attention and without a loss at every step.");
}

}  // namespace

std::string to_html(const Diagnosis& diagnosis) {
  const std::string title = "Gradients of " + as_markup(diagnosis.subject);
  const GradientHealth& health = diagnosis.health;
  const std::string body = tagged("h1", title) + introduction(diagnosis) + table_of(health) +
                           tagged("h2", "Along time") + charts_of(health) +
                           tagged("h2", "Findings") + findings_of(health);
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" +
         tagged("title", title) + tagged("style", kDiagnosisStyle) + "</head>" +
         tagged("body", body) + "</html>\n";
}

}  // namespace rondo
