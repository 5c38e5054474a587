#include "app/report/bar_chart.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

// The number behind `name="` in the first element that holds `part`.
double attribute(const std::string& svg, const std::string& part, const std::string& name) {
  const auto at = svg.find(part);
  const auto value = svg.find(" " + name + "=\"", at) + name.size() + 3;
  return std::stod(svg.substr(value));
}

}  // namespace

TEST_CASE("bars are as long as their values, from a common zero", "[report]") {
  const std::string one = to_svg(BarChart{.bars = {{.label = "a", .value = 4}}});
  const std::string two =
      to_svg(BarChart{.bars = {{.label = "a", .value = 2}, {.label = "b", .value = 4}}});
  CHECK(is_well_formed(two));
  CHECK(attribute(two, "<rect", "width") ==
        Approx(attribute(one, "<rect", "width") / 2).margin(0.11));
}

TEST_CASE("each bar has its name and number as text", "[report]") {
  const std::string svg = to_svg(BarChart{.title = "T<",
                                          .bars = {{.label = "a & b", .value = 1234},
                                                   {.label = "c", .value = 5, .shown = "five"},
                                                   {.label = "d", .value = NAN}}});
  CHECK(count_of(svg, ">a &amp; b</text>") == 1);
  CHECK(count_of(svg, ">1.23k</text>") == 1);
  CHECK(count_of(svg, ">five</text>") == 1);
  CHECK(count_of(svg, ">-</text>") == 1);
  CHECK(count_of(svg, "<rect") == 2);
  CHECK(count_of(svg, "nan") == 0);
}

TEST_CASE("a bar below zero goes the other way in the other colour", "[report]") {
  const std::string svg =
      to_svg(BarChart{.bars = {{.label = "a", .value = -1}, {.label = "b", .value = 1}}});
  CHECK(count_of(svg, "<rect class=\"n\"") == 1);
  CHECK(attribute(svg, "<rect class=\"n\"", "x") < attribute(svg, "<rect class=\"f\"", "x"));
}

TEST_CASE("an interval is a line with two ends", "[report]") {
  const Bar bar{.label = "a", .value = 2, .low = 1, .high = 3};
  CHECK(count_of(to_svg(BarChart{.bars = {bar}}), "<line") == 4);
  CHECK(count_of(to_svg(BarChart{.bars = {{.label = "a", .value = 2}}}), "<line") == 1);
}

TEST_CASE("a chart without bars is a title", "[report]") {
  CHECK(is_well_formed(to_svg(BarChart{.title = "none"})));
  CHECK(is_well_formed(to_svg(ColumnChart{.title = "none"})));
}

TEST_CASE("counts fall into columns of a round width", "[report]") {
  CHECK(columns_of({1, 2, 3}, 4).columns == std::vector<double>{1, 2, 3});
  const ColumnChart chart = columns_of({1, 2, 3, 4, 5}, 4);
  CHECK(chart.step == 2);
  CHECK(chart.columns == std::vector<double>{3, 7, 5});
  CHECK(columns_of(std::vector<int64_t>(401, 1), 40).step == 20);
  CHECK(columns_of({}, 40).columns.empty());
}

TEST_CASE("a column says its range and count", "[report]") {
  ColumnChart chart = columns_of({0, 2, 3, 4, 5}, 4);
  const std::string svg = to_svg(chart);
  CHECK(is_well_formed(svg));
  CHECK(count_of(svg, "<title>0 to 1: 2</title>") == 1);
  CHECK(count_of(svg, "<title>4 to 5: 5</title>") == 1);
  CHECK(count_of(to_svg(columns_of({0, 2}, 4)), "<title>1: 2</title>") == 1);
  CHECK(count_of(to_svg(columns_of({0, 2}, 4)), "<rect") == 1);  // nothing has no column
}

}  // namespace rondo
