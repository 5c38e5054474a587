#pragma once

#include <cstdint>

#include "app/training/options.h"

namespace rondo {

// How far training has come, in each unit that a Duration may use.
struct Position {
  int64_t updates = 0;
  double epochs = 0;   // with the share of the present epoch, in batches
  double seconds = 0;  // of training alone: validation and saving are not counted
};

// The part of the position that the unit speaks of; 0 for Unit::none.
double in_unit(Duration::Unit unit, const Position& at);

// Share of the whole that is behind, in [0, 1]; 0 where the whole has no unit.
double progress(const Duration& whole, const Position& at);

// How often interval has been completed by now; 0 where it is off.
int64_t times_passed(const Duration& interval, const Position& at);

// Fires once whenever another interval has been completed since it was last asked.
class Recurring {
 public:
  explicit Recurring(const Duration& interval, const Position& start = {});
  bool due(const Position& now);

 private:
  Duration interval_;
  int64_t fired_ = 0;
};

}  // namespace rondo
