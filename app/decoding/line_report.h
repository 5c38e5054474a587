#pragma once

#include <cstdint>
#include <string>

namespace rondo {

// What was done to lines that could not be taken as they were.
struct LineReport {
  int64_t lines = 0;
  int64_t empty = 0;         // nothing but spaces: answered by an empty line
  int64_t invalid_utf8 = 0;  // bytes that are no UTF-8 replaced by U+FFFD
  int64_t split = 0;         // too long: translated in parts
  int64_t cropped = 0;       // too long: the end left out

  LineReport& operator+=(const LineReport& other);
};

// "1000 lines in 12.5 s (80.0 lines/s); 3 empty, 1 with invalid UTF-8 replaced, 2 too long and
// split"; what did not happen is left out.
std::string describe(const LineReport& report, double seconds);

}  // namespace rondo
