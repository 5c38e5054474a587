#pragma once

#include "app/data/batch.h"

namespace rondo {

struct SampleLimits {
  int64_t sentences = 8;
  int64_t steps = 1024;  // longer sentences are cut off there
};

// The longest sentences of a batch, source and target together, as a batch of their own without
// needless padding; on the batch's device.
Batch longest_sentences(const Batch& batch, const SampleLimits& limits);

}  // namespace rondo
