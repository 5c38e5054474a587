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

// A part of an epoch's batches. A text in memory is one block; a larger one comes in many, of which
// only those that were read know how many batches they give.
struct EpochBlock {
  int64_t number = 0;          // from 0
  int64_t count = 1;           // an epoch
  int64_t begin = 0, end = 0;  // its batches, counted in the epoch
};

// The share of the epoch that lies before a batch of the block: blocks count the same.
double share_of_epoch(int64_t batch, const EpochBlock& block);

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
