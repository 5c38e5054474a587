#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/report/axis.h"

namespace rondo {

// One upright axis of a parallel-coordinates plot.
struct Coordinate {
  std::string title{};
  Scale scale = Scale::linear;
  std::vector<std::string> names{};  // not empty: values are positions among these names
};

// One line across all axes.
struct CoordinateLine {
  std::vector<double> values{};  // one an axis; not a number = the line has a gap there
  std::string tooltip{};
};

// Many settings at once, a line each, the best first. The rank shows in colour, width and dash: the
// best is thick and full, the best quarter (no fewer than two) full, the others thin and dashed.
struct ParallelCoordinates {
  std::string title{};
  std::vector<Coordinate> axes{};
  std::vector<CoordinateLine> lines{};
  double height = 340;
};

// One <svg> element, as to_svg of a Chart.
std::string to_svg(const ParallelCoordinates& plot);

}  // namespace rondo
