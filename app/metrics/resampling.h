#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "app/metrics/bootstrap.h"
#include "app/metrics/ratio.h"

// The bootstrap for metrics whose statistics do not add: a resampled text is said by how often it
// holds each example.
namespace rondo {

// [examples]; empty = each once.
using Draws = std::span<const uint32_t>;

inline int64_t times_drawn(Draws draws, size_t example) {
  return draws.empty() ? 1 : static_cast<int64_t>(draws[example]);
}

// A number and its 95% interval.
struct Measured {
  double value = kNotMeasured;
  double low = kNotMeasured, high = kNotMeasured;
};

// One number a metric, always in the same order.
using ScoresOfDraws = std::function<std::vector<double>(Draws)>;

// Each metric of the whole text and its interval by the percentile bootstrap (Efron 1979): of the
// resampled scores one fortieth is left out at each end. Texts in which a metric has nothing to
// measure have no part in its interval. 0 samples: no intervals.
std::vector<Measured> with_intervals(int64_t examples, const ScoresOfDraws& scores,
                                     const BootstrapOptions& options);

}  // namespace rondo
