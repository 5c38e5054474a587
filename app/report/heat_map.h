#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/report/png.h"

namespace rondo {

// A table of numbers as shades. The shade says a number's size; below zero it has another colour
// and a bar across the cell. A number that is not finite is a cell of its own kind: crossed out.
struct HeatMap {
  static constexpr std::size_t kLongestName = 24;  // columns; longer ones are cut

  std::string title{};
  std::vector<std::string> rows{}, columns{};  // names, any text
  std::vector<std::vector<float>> values{};    // [rows][columns]
  double none = 0, full = 0;  // values without shade and of the full shade; equal = 0 and the
                              // largest by size
  int decimals = -1;          // of the number written in each cell; -1 = none is
};

// How dark each cell is, in [0, 1] by size and below 0 for values below `none`.
std::vector<std::vector<double>> shades_of(const HeatMap& map);

// One <svg> element that stands alone as a file as well, of its own size: lay it in a frame that
// scrolls. Cells tell their names and value as a tooltip.
std::string to_svg(const HeatMap& map);

// Lines of at most `width` columns: the names of the columns, then a line a row with blocks of four
// shades under them; what does not fit side by side follows below. No line end but "\n".
std::string to_terminal(const HeatMap& map, std::size_t width);

// Cells of 12 pixels a side, from white to black by the size of their shade.
GreyImage to_image(const HeatMap& map);

// The same table with rows and columns changed over.
HeatMap turned(const HeatMap& map);

}  // namespace rondo
