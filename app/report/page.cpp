#include "app/report/page.h"

#include <cmath>

#include "app/report/axis.h"

namespace rondo {
namespace {

// --shade and --against are the two colours of weights and counts, as numbers for rgba().
constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#595959;--paper:#fff;--edge:#d9d9d9;
 --shade:31,95,168;--against:200,90,10}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--soft:#a3a3a3;--paper:#181a1b;--edge:#3a3d3f;
 --shade:80,150,230;--against:220,120,50}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
 max-width:1180px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.5rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
.soft{color:var(--soft);margin:.2rem 0;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:12px 40px;margin:1.4rem 0 .6rem;padding:0}
.figures div{min-width:6rem}.figures dt,.figures small{color:var(--soft);font-size:.85rem}
.figures dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
.figures small{display:block}
.gallery{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));
 gap:18px 24px;align-items:start;margin-top:1rem}
.gallery svg{max-width:100%;height:auto;display:block}
.scroll{overflow:auto}.tall{max-height:26rem}.map{max-height:46rem}
table{border-collapse:collapse;margin:.6rem 0;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.3rem .8rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--edge)}
th{font-weight:600}.tall th{position:sticky;top:0;background:var(--paper)}
.named th:first-child,.named td:first-child{text-align:left;white-space:normal;max-width:20rem;
 overflow-wrap:break-word}
.words{text-align:left;white-space:normal;min-width:18rem;max-width:32rem;overflow-wrap:anywhere}
.one{border-left:3px solid var(--edge);padding-left:1rem;margin-bottom:1.2rem;
 overflow-wrap:anywhere}
.one p{margin:.1rem 0}
summary{cursor:pointer;color:var(--soft)}
pre{overflow:auto;font-size:.85rem;border:1px solid var(--edge);padding:.8rem;border-radius:4px}
)";

std::string to_html(const Figure& figure) {
  const std::string below = figure.remark.empty() ? "" : element("small", escaped(figure.remark));
  return element(
      "div", element("dt", escaped(figure.name)) + element("dd", escaped(figure.value) + below));
}

}  // namespace

std::string shown_number(double value, int decimals) {
  return std::isnan(value) ? "-" : fixed_number(value, decimals);
}

std::string shown_duration(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "?";
  const auto whole = static_cast<int64_t>(std::llround(seconds));
  const auto two = [](int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + two(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + two(whole / 60 % 60) + " min";
}

std::string to_html(const std::vector<Figure>& figures) {
  std::string text;
  for (const Figure& figure : figures) text += to_html(figure);
  return element("dl class=\"figures\"", text);
}

std::string to_html(const PageTable& table) {
  std::string heads, rows;
  for (const auto& head : table.heads) heads += element("th", head);
  for (const auto& row : table.rows) {
    std::string cells;
    for (const auto& cell : row) cells += element("td", cell);
    rows += element("tr", cells) + "\n";
  }
  return element(table.tall ? "div class=\"scroll tall\"" : "div class=\"scroll\"",
                 element(table.named_rows ? "table class=\"named\"" : "table",
                         element("tr", heads) + "\n" + rows));
}

std::string section(const std::string& title, const std::string& content) {
  return content.empty() ? "" : element("h2", escaped(title)) + content + "\n";
}

std::string unfolding(const std::string& summary, const std::string& content) {
  return element("details", element("summary", escaped(summary)) + content);
}

std::string words(const std::string& text) {
  return element("div class=\"words\" dir=\"auto\"", escaped(text));
}

std::string remark(const std::string& text) { return element("p class=\"soft\"", escaped(text)); }

std::string gallery(const std::vector<std::string>& drawings) {
  std::string all;
  for (const auto& drawing : drawings) all += element("div", drawing) + "\n";
  return element("div class=\"gallery\"", all);
}

std::string page_head(const Page& page) {
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">" +
         element("title", escaped(page.title)) + element("style", kStyle + page.style) +
         "</head><body>\n";
}

std::string page_foot() { return "</body></html>\n"; }

std::string to_html(const Page& page) { return page_head(page) + page.body + page_foot(); }

}  // namespace rondo
