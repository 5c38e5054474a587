#pragma once

#include <cstdint>

#include "app/data/batch.h"
#include "app/data/memory_options.h"

// Examples of the long-memory problems, made by numbers alone: no text, no state.
namespace rondo {

struct MemoryShape {
  int64_t steps = 0;    // of an example
  int64_t inputs = 0;   // width of a step
  int64_t answers = 0;  // the last so many steps have a target
  int64_t outputs = 0;  // numbers that an answer takes
};
MemoryShape memory_shape(const MemoryOptions& options);

// Which examples: the same numbers give the same ones, on any machine.
struct MemoryDraw {
  uint64_t random_seed = 0;
  int64_t epoch = 0;
  int64_t batch = 0;  // in the epoch
};

// `size` examples, all of one length.
// adding: inputs are (number in [0, 1), mark), one mark in each half; labels [size] float32 the sum
// of the marked numbers. copy, reverse: inputs are one-hot over symbols, blank, go; target_out
// [answers, size] int64 the symbols, in the order in which they are to be said.
Batch memory_batch(const MemoryOptions& options, int64_t size, const MemoryDraw& draw);

}  // namespace rondo
