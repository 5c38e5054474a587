#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/metrics/classification.h"
#include "app/metrics/resampling.h"

// The metrics of probabilities for many resampled texts: what an example adds is worked out once.
namespace rondo {

struct ExampleScore {
  double log_loss = 0;    // nats
  double squared = 0;     // its part of the Brier score
  double confidence = 0;  // probability of the likeliest class
  uint32_t bin = 0;       // of the reliability diagram
  bool right = false;     // whether the likeliest class is the true one
};
std::vector<ExampleScore> example_scores(const ClassPredictions& predictions, int64_t bins);

struct ProbabilityScores {
  double log_loss = 0, brier_score = 0, calibration_error = 0;
};
// bins as given to example_scores.
ProbabilityScores probability_scores(std::span<const ExampleScore> examples, int64_t bins,
                                     Draws draws = {});
std::vector<ReliabilityBin> reliability(std::span<const ExampleScore> examples, int64_t bins);

}  // namespace rondo
