#pragma once

#include <string>
#include <vector>

namespace rondo {

struct BenchArguments {
  std::string config;
  std::vector<std::string> overrides;
  int updates = 100;
};

// How fast an experiment trains, beside the machine's own matrix product.
void run_bench(const BenchArguments& arguments);

}  // namespace rondo
