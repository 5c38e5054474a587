#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/metrics/classification.h"
#include "app/metrics/resampling.h"

namespace rondo {

// A label of an example that is true, or was given, or both.
struct LabelHit {
  uint32_t example = 0;
  uint32_t label = 0;
  bool truth = false, given = false;
};

// Everything of which there is something to count; most labels of most examples are neither.
struct LabelHits {
  int64_t examples = 0, labels = 0;
  std::vector<LabelHit> hits{};  // example by example
};

LabelHits label_hits(const LabelPredictions& predictions, double threshold);

MultiLabelScores multi_label_scores(const LabelHits& hits, Draws draws = {});

}  // namespace rondo
