#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace rondo {

struct Bar {
  std::string label{};  // any text
  double value = 0;     // not a number = no bar
  // Ends of a line across the bar's end, for an interval; not a number = none.
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  std::string shown{};  // behind the bar; empty = the value
};

// Named values as bars below one another, from zero.
struct BarChart {
  std::string title{};
  std::vector<Bar> bars{};
  double width = 520;
};

// How often each number comes, as columns side by side.
struct ColumnChart {
  std::string title{}, x_label{}, y_label{};
  double first = 0, step = 1;     // where the first column begins, and how wide each is
  std::vector<double> columns{};  // heights
  double width = 520, height = 220;
};

// counts[n] of the number n, from 0 on, in at most `most` columns of a round width.
ColumnChart columns_of(const std::vector<int64_t>& counts, int most = 40);

// One <svg> element that stands alone as a file as well.
std::string to_svg(const BarChart& chart);
std::string to_svg(const ColumnChart& chart);

}  // namespace rondo
