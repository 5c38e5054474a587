#pragma once

#include <cstdint>
#include <vector>

namespace rondo {

// Several measurements of one thing.
struct Spread {
  int64_t count = 0;
  double mean = 0;       // not a number where count is 0
  double deviation = 0;  // of the sample, with count - 1; not a number below two
};

// Of those that are numbers.
Spread spread_of(const std::vector<double>& values);

// The deviation that all groups have in common, and how far it can be trusted.
struct PooledDeviation {
  double value = 0;     // not a number where no group has two values
  int64_t freedom = 0;  // degrees of freedom
};
PooledDeviation pooled_deviation(const std::vector<Spread>& groups);

// The means of groups of these two sizes differ by less than this in 95 of 100 cases where only
// chance tells them apart: Student's t. Not a number where the deviation is none.
double chance_difference(const PooledDeviation& deviation, int64_t count, int64_t other_count);

// The 97.5% point of Student's t with so many degrees of freedom, at least 1.
double student_t(int64_t freedom);

}  // namespace rondo
