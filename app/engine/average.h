#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

struct AverageArguments {
  std::vector<std::string> inputs;  // files, or one run folder
  std::string output;
  int64_t last = 0, best = 0;  // of a run folder; 0 = all
  bool moving_averages = false;
};

// One model whose weights are the mean of several models'.
void run_average(const AverageArguments& arguments);

}  // namespace rondo
