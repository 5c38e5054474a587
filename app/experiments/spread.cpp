#include "app/experiments/spread.h"

#include <array>
#include <cmath>
#include <limits>

namespace rondo {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<double, 30> kStudent{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                                          2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
                                          2.110,  2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
                                          2.060,  2.056, 2.052, 2.048, 2.045, 2.042};

}  // namespace

Spread spread_of(const std::vector<double>& values) {
  Spread spread{.mean = kNone, .deviation = kNone};
  double sum = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    ++spread.count;
  }
  if (spread.count == 0) return spread;
  spread.mean = sum / static_cast<double>(spread.count);
  if (spread.count < 2) return spread;
  double squares = 0;
  for (const double value : values) {
    if (!std::isnan(value)) squares += (value - spread.mean) * (value - spread.mean);
  }
  spread.deviation = std::sqrt(squares / static_cast<double>(spread.count - 1));
  return spread;
}

PooledDeviation pooled_deviation(const std::vector<Spread>& groups) {
  PooledDeviation pooled{.value = kNone};
  double squares = 0;
  for (const Spread& group : groups) {
    if (group.count < 2) continue;
    pooled.freedom += group.count - 1;
    squares += static_cast<double>(group.count - 1) * group.deviation * group.deviation;
  }
  if (pooled.freedom > 0) pooled.value = std::sqrt(squares / static_cast<double>(pooled.freedom));
  return pooled;
}

double chance_difference(const PooledDeviation& deviation, int64_t count, int64_t other_count) {
  if (deviation.freedom < 1 || count < 1 || other_count < 1) return kNone;
  const double shares = 1 / static_cast<double>(count) + 1 / static_cast<double>(other_count);
  return student_t(deviation.freedom) * deviation.value * std::sqrt(shares);
}

double student_t(int64_t freedom) {
  if (freedom <= static_cast<int64_t>(kStudent.size())) return kStudent[freedom - 1];
  // Cornish and Fisher's expansion about the normal distribution; right to 0.0001 from here on.
  const double z = 1.959964, n = static_cast<double>(freedom);
  return z + (z * z * z + z) / (4 * n) +
         (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * n * n);
}

}  // namespace rondo
