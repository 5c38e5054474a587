#pragma once

#include <cstdint>

namespace rondo {

// What was done to lines that could not be taken as they were.
struct LineReport {
  int64_t lines = 0;
  int64_t empty = 0;         // nothing but spaces: answered by an empty line
  int64_t invalid_utf8 = 0;  // bytes that are no UTF-8 replaced by U+FFFD
  int64_t split = 0;         // too long: translated in parts
  int64_t cropped = 0;       // too long: the end left out
};

}  // namespace rondo
