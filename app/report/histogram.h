#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// Numbers counted by size. bounds[i] is the upper end of bucket i, rising; counts[i] how many fall
// into it.
struct Histogram {
  double minimum = 0, maximum = 0, sum = 0, sum_of_squares = 0;
  int64_t count = 0;
  std::vector<double> bounds{}, counts{};
};

struct NamedHistogram {
  std::string name{};
  Histogram histogram{};
};

}  // namespace rondo
