#pragma once

#include <cstdint>
#include <functional>
#include <ostream>

#include "app/experiments/comparison.h"
#include "app/experiments/training_job.h"

namespace rondo {

struct CompareRequest {
  TrainingBase base{};
  std::vector<Variation> variations{};
  std::vector<Variant> also{};  // beside the combinations
  std::filesystem::path
      folder{};       // empty = <name>-compare beside where the experiment's run would lie
  int64_t seeds = 1;  // trainings of each variant: random_seed, random_seed + 1, ...
  int64_t workers = 1;
  std::function<bool()> stop_requested{};
};

// What is to be trained, nothing of it begun.
struct ComparePlan {
  std::filesystem::path folder{};
  Comparison comparison{};                // of no result yet
  std::vector<TrainingPlan> plans{};      // variant by variant, seed by seed
  std::vector<Experiment> experiments{};  // of each plan
};

// Every variant with every seed, checked as `rondo train` will. Throws ConfigError.
ComparePlan plan_comparison(const CompareRequest& request);

// "3 variants x 2 seeds = 6 trainings of 20e", and a line a training.
std::string describe(const ComparePlan& plan);

// Trains what is not complete yet, the first seed of every variant before the second of any; says
// how it goes on `messages`, and writes compare.html, .tsv and .json after each training. Throws
// Interrupted when it was asked to stop, and ConfigError where a folder holds another experiment.
Comparison run_comparison(const CompareRequest& request, ComparePlan plan, std::ostream& messages);

}  // namespace rondo
