#include "app/report/parallel_coordinates.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

ParallelCoordinates plot_of(const std::vector<std::vector<double>>& lines) {
  ParallelCoordinates plot{.title = "a < b",
                           .axes = {{.title = "rate", .scale = Scale::logarithmic},
                                    {.title = "cell", .names = {"lstm", "gru"}},
                                    {.title = "BLEU"}}};
  for (const auto& values : lines) plot.lines.push_back({.values = values, .tooltip = "t<"});
  return plot;
}

TEST_CASE("a plot is one well-formed element with every axis named", "[report]") {
  const std::string svg = to_svg(plot_of({{0.01, 0, 12}, {0.001, 1, 10}}));
  CHECK(is_well_formed(svg));
  CHECK(svg.rfind("<svg xmlns=", 0) == 0);
  for (const char* name : {">rate<", ">cell<", ">BLEU<", ">lstm<", ">gru<", ">a &lt; b<"}) {
    CHECK(count_of(svg, name) == 1);
  }
  CHECK(count_of(svg, "<title>t&lt;</title>") == 2);
}

TEST_CASE("the best line is drawn last, and rank shows in class", "[report]") {
  std::vector<std::vector<double>> lines(12, {0.01, 0, 5});
  const std::string svg = to_svg(plot_of(lines));
  CHECK(count_of(svg, "class=\"l r0\"") == 1);
  CHECK(count_of(svg, "class=\"l r1\"") == 2);  // with the best, a quarter of twelve
  CHECK(count_of(svg, "class=\"l r2\"") == 9);
  CHECK(svg.find("class=\"l r0\"") > svg.rfind("class=\"l r2\""));
}

TEST_CASE("a value that was not measured ends its line", "[report]") {
  const std::string svg = to_svg(plot_of({{0.01, 0, 12}, {0.001, 1, NAN}}));
  CHECK(count_of(svg, "nan") == 0);
  CHECK(count_of(svg, "?") == 0);
  const std::string failed = svg.substr(svg.find("class=\"l r1\""));
  CHECK(count_of(failed.substr(0, failed.find('>')), "L") == 1);
}

TEST_CASE("names lie evenly on their axis, numbers by their scale", "[report]") {
  const std::string svg = to_svg(plot_of({{0.1, 0, 1}, {0.001, 1, 3}, {0.01, 1, 2}}));
  // Between 64 and 318: a quarter and three quarters of the axis from below.
  CHECK(count_of(svg, "L310.0 254.5") == 1);
  CHECK(count_of(svg, "L310.0 127.5") == 2);
  CHECK(count_of(svg, "M70.0 191.0") == 1);  // 0.01 is the middle of 0.001 to 0.1
}

TEST_CASE("a plot of no lines still draws its axes", "[report]") {
  const std::string svg = to_svg(plot_of({}));
  CHECK(is_well_formed(svg));
  CHECK(count_of(svg, "class=\"l ") == 0);
}

}  // namespace
}  // namespace rondo
