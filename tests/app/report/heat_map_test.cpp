#include "app/report/heat_map.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

HeatMap small_map() {
  return {.title = "<seen>",
          .rows = {"ein", "Hund"},
          .columns = {"a", "dog", "</s>"},
          .values = {{0.9f, 0.1f, 0}, {0, 0.6f, 0.4f}},
          .full = 1};
}

std::string without_style(const std::string& svg) {
  const auto begin = svg.find("<style>"), end = svg.find("</style>");
  return svg.substr(0, begin) + svg.substr(end + 8);
}

}  // namespace

TEST_CASE("on a terminal each column is as wide as its name", "[report]") {
  CHECK(to_terminal(small_map(), 80) ==
        "      a dog </s>\n"
        "ein  ██ ░░░\n"
        "Hund    ▓▓▓ ▒▒▒▒\n");
}

TEST_CASE("columns that do not fit beside one another follow below", "[report]") {
  CHECK(to_terminal(small_map(), 12) ==
        "      a dog\n"
        "ein  ██ ░░░\n"
        "Hund    ▓▓▓\n"
        "\n"
        "     </s>\n"
        "ein\n"
        "Hund ▒▒▒▒\n");
  CHECK(count_of(to_terminal(small_map(), 1), "\n\n") == 2);  // one column is the least
}

TEST_CASE("numbers stand beside their shade, and what was not measured is crossed out",
          "[report]") {
  HeatMap map{.rows = {"r"}, .columns = {"a", "b", "c"}, .values = {{-1, 0.5f, NAN}}};
  CHECK(to_terminal(map, 80) == "   a  b  c\nr -█ ▓▓ xx\n");
  map.decimals = 1;
  CHECK(to_terminal(map, 80) == "       a      b      c\nr -1.0 █  0.5 ▓    - x\n");
}

TEST_CASE("without bounds the largest number by size has the full shade", "[report]") {
  HeatMap map{.values = {{-4, 2, 0}}};
  CHECK(shades_of(map) == std::vector<std::vector<double>>{{-1, 0.5, 0}});
  map.none = 2;
  map.full = 6;
  CHECK(shades_of(map) == std::vector<std::vector<double>>{{-1, 0, -0.5}});
  CHECK(shades_of({.values = {{0, 0}}}) == std::vector<std::vector<double>>{{0, 0}});
}

TEST_CASE("a drawing holds names, and the cells that have a shade", "[report]") {
  const HeatMap map{.rows = {"<r>"}, .columns = {"a", "b"}, .values = {{-0.5f, 0}}, .full = 1};
  CHECK(without_style(to_svg(map)) ==
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rc\" viewBox=\"0 0 77.0 39.0\""
        " width=\"77.0\" height=\"39.0\" role=\"img\" aria-label=\"\">"
        "<text x=\"4.0\" y=\"16.0\" class=\"t\"></text>"
        "<text x=\"27.0\" y=\"29.0\" text-anchor=\"end\">&lt;r&gt;</text>"
        "<text x=\"47.0\" y=\"10.0\" transform=\"rotate(-90 47.0 10.0)\">a</text>"
        "<text x=\"67.0\" y=\"10.0\" transform=\"rotate(-90 67.0 10.0)\">b</text>"
        "<rect class=\"n\" x=\"33.5\" y=\"15.5\" width=\"19.0\" height=\"19.0\""
        " fill-opacity=\"0.50\"><title>&lt;r&gt;, a: -0.5</title></rect>"
        "<line class=\"i\" x1=\"38.0\" y1=\"25.0\" x2=\"48.0\" y2=\"25.0\"/>"
        "<rect class=\"o\" x=\"33.0\" y=\"15.0\" width=\"40.0\" height=\"20.0\"/></svg>");
}

TEST_CASE("a drawing is well-formed whatever its names hold", "[report]") {
  HeatMap map = small_map();
  map.rows[0] = "\xFF\x01" + std::string(100, 'x');
  map.values[1][0] = NAN;
  const std::string svg = to_svg(map);
  CHECK(is_well_formed(svg));
  CHECK(count_of(svg, "xxx…</text>") == 1);
  CHECK(count_of(svg, "nan") == 0);
  map.decimals = 2;
  CHECK(count_of(to_svg(map), ">0.60</text>") == 1);
}

TEST_CASE("an image has twelve pixels a cell, black where the shade is full", "[report]") {
  const GreyImage image =
      to_image({.rows = {"r"}, .columns = {"a", "b", "c"}, .values = {{1, 0, NAN}}, .full = 1});
  CHECK(image.width == 36);
  CHECK(image.height == 12);
  CHECK(image.pixels[0] == 0);
  CHECK(image.pixels[11] == 200);  // the line between two cells
  CHECK(image.pixels[12] == 255);
  CHECK(image.pixels[24] == 128);
  CHECK(image.pixels[11 * 36] == 200);
}

TEST_CASE("a map turned twice is itself", "[report]") {
  const HeatMap map = turned(small_map());
  CHECK(map.rows == small_map().columns);
  CHECK(map.values == std::vector<std::vector<float>>{{0.9f, 0}, {0.1f, 0.6f}, {0, 0.4f}});
  CHECK(turned(map).values == small_map().values);
}

}  // namespace rondo
