#pragma once

#include <cstdint>
#include <functional>
#include <ostream>

#include "app/experiments/sweep_results.h"
#include "app/experiments/training_job.h"

namespace rondo {

struct SweepRequest {
  TrainingBase base{};
  SearchSpace space{};
  SearchKind search = SearchKind::random;
  int64_t trials = 20;             // of random and asha
  uint64_t seed = 1;               // of the values that are drawn
  double reduction = 3;            // asha: one of so many trials goes on
  Duration min_resource{};         // asha: of the first rung; none = the whole / reduction^2
  std::filesystem::path folder{};  // empty = where the experiment's run would lie, with "-sweep"
  int64_t workers = 1;
  std::function<bool()> stop_requested{};
};

// What is searched, nothing of it begun; every trial checked as `rondo train` will. Throws
// ConfigError.
Sweep plan_sweep(const SweepRequest& request);

// "20 trials, ...", the estimated amount of training, and a line a trial.
std::string describe(const Sweep& sweep, const SweepRequest& request);

// Trains the trials as the search says; says how it goes on `messages`, and after each result
// writes trials.jsonl, sweep.html, sweep.tsv and best.yaml. A trial that fails counts as the worst.
// Throws Interrupted when it was asked to stop, and ConfigError where the folder holds another
// sweep.
Sweep run_sweep(const SweepRequest& request, Sweep sweep, std::ostream& messages);

}  // namespace rondo
