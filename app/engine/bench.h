#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/bench/bench.h"

namespace rondo {

struct BenchArguments {
  std::string config;  // empty = the table
  std::vector<std::string> overrides;
  int64_t updates = 0;
  std::string cell, outcome;  // one measurement of the table, in a process of its own
  BenchRequest request;       // its program is filled in
};

// How fast an experiment trains, or a table of everything.
void run_bench(const BenchArguments& arguments);

}  // namespace rondo
