#pragma once

#include <limits>

namespace rondo {

// What a metric is that has nothing to measure.
inline constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

// kNotMeasured where the whole is 0.
inline double ratio(double part, double whole) { return whole == 0 ? kNotMeasured : part / whole; }

}  // namespace rondo
