#pragma once

#include <limits>
#include <string>

namespace rondo {

// The values a number may take; an open end is not itself allowed.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  bool contains(double value) const;
  std::string text() const;  // "at least 1", "above 0", "in [0, 1)"; empty when all are allowed
};

inline Range any_value() { return {}; }
inline Range at_least(double low) { return {.low = low}; }
inline Range above(double low) { return {.low = low, .low_open = true}; }
inline Range closed(double low, double high) { return {.low = low, .high = high}; }
inline Range probability() { return {.low = 0, .high = 1, .high_open = true}; }  // [0, 1)
inline Range open(double low, double high) { return {low, high, true, true}; }

}  // namespace rondo
