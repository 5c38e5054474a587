#pragma once

#include <cstdint>

#include "app/corpora/segment_pair.h"

namespace rondo {

struct PartitionOptions {
  int64_t dev_pairs = 1000;       // wanted; reached to within one family
  int64_t test_pairs = 2000;      // wanted; reached to within one family
  double max_held_out = 0.1;      // dev and test each take at most this part of the corpus
  double max_family_share = 0.1;  // a family that fills more of dev or test stays in train
};

struct Partition {
  SegmentPairs train, dev, test;
  // Pairs of dev and test families left out, since another family holds the same source or target.
  int64_t shared = 0;
};

// Splits by a hash of the family, so that the same families give the same parts whatever else is
// in the corpus, and no family is in two parts. No source and no target of dev or test is in train.
Partition partition_by_family(SegmentPairs pairs, const PartitionOptions& options);

}  // namespace rondo
