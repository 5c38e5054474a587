#pragma once

#include <cstdint>

namespace rondo {

// adding: the sum of two marked numbers of many (Hochreiter & Schmidhuber 1997, section 5.4, in the
// form of Le et al. 2015). copy: symbols to be repeated after a long wait (Arjovsky et al. 2016,
// section 4.1). reverse: symbols to be given back in the other order, at once.
enum class MemoryProblem { adding, copy, reverse };

// One synthetic problem; every example is made when it is asked for.
struct MemoryOptions {
  MemoryProblem problem = MemoryProblem::adding;
  int64_t length = 100;          // adding: numbers; copy: steps to wait; reverse: symbols
  int64_t symbols = 8;           // copy, reverse: different symbols
  int64_t copied = 10;           // copy: symbols to repeat
  int64_t examples = 10'000;     // an epoch, new in each
  int64_t dev_examples = 1'000;  // the same at every validation

  bool operator==(const MemoryOptions&) const = default;
};

}  // namespace rondo
