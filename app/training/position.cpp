#include "app/training/position.h"

#include <algorithm>
#include <cmath>

namespace rondo {
namespace {

constexpr double kRounding = 1e-9;  // 0.1 + 0.2 epochs count as 0.3

}  // namespace

double share_of_epoch(int64_t batch, const EpochBlock& block) {
  const int64_t size = block.end - block.begin;
  const double behind =
      size > 0 ? static_cast<double>(batch - block.begin) / static_cast<double>(size) : 0;
  return (static_cast<double>(block.number) + behind) / static_cast<double>(block.count);
}

double in_unit(Duration::Unit unit, const Position& at) {
  switch (unit) {
    case Duration::Unit::epochs:
      return at.epochs;
    case Duration::Unit::updates:
      return static_cast<double>(at.updates);
    case Duration::Unit::seconds:
      return at.seconds;
    case Duration::Unit::none:
      break;
  }
  return 0;
}

double progress(const Duration& whole, const Position& at) {
  if (whole.unit == Duration::Unit::none || whole.value <= 0) return 0;
  const double share = in_unit(whole.unit, at) / whole.value;
  return share > 1 - kRounding ? 1 : std::max(0.0, share);
}

int64_t times_passed(const Duration& interval, const Position& at) {
  if (interval.unit == Duration::Unit::none || interval.value <= 0) return 0;
  return static_cast<int64_t>(std::floor(in_unit(interval.unit, at) / interval.value + kRounding));
}

Recurring::Recurring(const Duration& interval, const Position& start)
    : interval_(interval), fired_(times_passed(interval, start)) {}

bool Recurring::due(const Position& now) {
  const int64_t passed = times_passed(interval_, now);
  const bool due = passed > fired_;
  fired_ = passed;
  return due;
}

}  // namespace rondo
