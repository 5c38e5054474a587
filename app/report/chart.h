#pragma once

#include <string>
#include <vector>

#include "app/report/axis.h"
#include "app/report/markup.h"

namespace rondo {

struct ChartPoint {
  double x = 0, y = 0;
};

struct Series {
  std::string label{};
  std::vector<ChartPoint> points{};
  bool markers = false;  // a sign on every point, with its values as a tooltip
  int style = -1;        // series of one number look alike; -1 = its position among the series
  bool faint = false;    // thinner and paler: there to be compared with
};

// A line chart. Series differ by colour, dashes and the sign beside their label.
struct Chart {
  std::string title{}, x_label{}, y_label{};
  std::vector<Series> series{};
  Scale scale = Scale::linear;  // of y
  bool from_zero = false;       // y begins at 0 when linear
  double width = 520, height = 280;
};

// One <svg> element that stands alone as a file as well: colours follow the reader's light or dark
// preference. Points that are not finite are gaps; of many points, each column's extremes are kept.
std::string to_svg(const Chart& chart);

}  // namespace rondo
