#include "app/report/chart.h"

#include <cmath>
#include <string>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

Chart two_series() {
  return {.title = "Loss <of> a & b",
          .x_label = "updates",
          .series = {{.label = "train", .points = {{0, 4}, {10, 3}, {20, 2}}},
                     {.label = "dev", .points = {{10, 3}, {20, 2}}, .markers = true}}};
}

TEST_CASE("markup characters and control characters are escaped", "[report]") {
  CHECK(escape_markup("a<b>&\"c'\x01\n") == "a&lt;b&gt;&amp;&quot;c&#39; \n");
}

TEST_CASE("a chart is one well-formed element with its title as label", "[report]") {
  const std::string svg = to_svg(two_series());
  CHECK(is_well_formed(svg));
  CHECK(svg.rfind("<svg xmlns=", 0) == 0);
  CHECK(count_of(svg, "aria-label=\"Loss &lt;of&gt; a &amp; b\"") == 1);
}

TEST_CASE("series differ by colour and dashes, and each is named at its end", "[report]") {
  const std::string svg = to_svg(two_series());
  CHECK(count_of(svg, "<path class=\"s c0 d0\"") == 1);
  CHECK(count_of(svg, "<path class=\"s c1 d1\"") == 1);
  CHECK(count_of(svg, ">train</text>") == 1);
  CHECK(count_of(svg, ">dev</text>") == 1);
}

TEST_CASE("marked points tell their values", "[report]") {
  const std::string svg = to_svg(two_series());
  CHECK(count_of(svg, "<title>") == 2);
  CHECK(count_of(svg, "<title>dev 3 at 10</title>") == 1);
}

TEST_CASE("names of series that end together do not overlap", "[report]") {
  const std::string svg = to_svg(two_series());
  const auto height = [&](const std::string& name) {
    const auto end = svg.find(">" + name + "</text>");
    const auto start = svg.rfind("y=\"", end) + 3;
    return std::stod(svg.substr(start, end - start));
  };
  CHECK(std::abs(height("train") - height("dev")) >= 14);
}

TEST_CASE("names of many series that end at the bottom stay within the chart", "[report]") {
  Chart chart;
  for (int i = 0; i < 10; ++i) {
    chart.series.push_back({.label = "s" + std::to_string(i), .points = {{0, 9}, {1, 0.01 * i}}});
  }
  const std::string svg = to_svg(chart);
  for (int i = 0; i < 10; ++i) {
    const auto end = svg.find(">s" + std::to_string(i) + "</text>");
    const auto start = svg.rfind("y=\"", end) + 3;
    CHECK(std::stod(svg.substr(start, end - start)) < chart.height);
  }
}

TEST_CASE("a series may look like another, and pale beside it", "[report]") {
  const Chart chart{.series = {{.points = {{0, 1}, {1, 2}}},
                               {.points = {{0, 2}, {1, 3}}, .style = 0, .faint = true}}};
  const std::string svg = to_svg(chart);
  CHECK(count_of(svg, "<path class=\"s c0 d0\"") == 1);
  CHECK(count_of(svg, "<path class=\"s c0 d0 faint\"") == 1);
}

TEST_CASE("sixteen series differ in colour or dashes", "[report]") {
  Chart chart;
  for (int i = 0; i < 16; ++i) chart.series.push_back({.points = {{0, 1.0 * i}, {1, 2}}});
  const std::string svg = to_svg(chart);
  for (const char* colour : {"c0", "c1", "c2", "c3"}) {
    for (const char* dash : {"d0", "d1", "d2", "d3"}) {
      CHECK(count_of(svg, std::string("<path class=\"s ") + colour + " " + dash + "\"") == 1);
    }
  }
}

TEST_CASE("a chart without a value says so", "[report]") {
  Chart chart{.title = "Empty", .series = {{.label = "a", .points = {{1, NAN}}}, {}}};
  CHECK(count_of(to_svg(chart), "nothing measured yet") == 1);
  CHECK(is_well_formed(to_svg(chart)));
  CHECK(count_of(to_svg(two_series()), "nothing measured yet") == 0);
}

TEST_CASE("a value that is not finite is a gap in the line", "[report]") {
  const Chart chart{
      .series = {{.points = {{1, 1}, {2, 2}, {3, NAN}, {4, 1}, {5, INFINITY}, {6, 1}}}}};
  const std::string svg = to_svg(chart);
  CHECK(count_of(svg, "nan") == 0);
  CHECK(count_of(svg, "inf") == 0);
  const std::string line = svg.substr(svg.find("<path class=\"s c0 d0\""));
  CHECK(count_of(line.substr(0, line.find("/>")), "M") == 3);
}

TEST_CASE("a long series is thinned without losing a spike", "[report]") {
  Chart chart{.series = {{}}};
  for (int i = 0; i < 100'000; ++i) chart.series[0].points.push_back({double(i), 1.0});
  const std::string flat = to_svg(chart);
  CHECK(flat.size() < 20'000);
  chart.series[0].points[54'321].y = 50;
  const std::string spiked = to_svg(chart);
  CHECK(spiked != flat);
  CHECK(count_of(spiked, ">50</text>") == 1);
  const std::string top = " " + fixed_number(34 + (280 - 44 - 34) * (0.04 * 49 / (49 * 1.08)), 1);
  CHECK(count_of(spiked, top + "L") == 1);
}

TEST_CASE("markers of very many points stay apart", "[report]") {
  Chart chart{.series = {{.label = "dev", .markers = true}}};
  for (int i = 0; i < 1'000; ++i) chart.series[0].points.push_back({double(i), double(i)});
  CHECK(count_of(to_svg(chart), "<title>") <= 60);
}

}  // namespace
}  // namespace rondo
