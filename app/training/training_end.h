#pragma once

#include <string>
#include <vector>

#include "app/report/gradient_health.h"
#include "app/storage/run_result.h"
#include "app/training/options.h"
#include "app/training/train_state.h"

// When training ends, and what it then came to. Torch-free.
namespace rondo {

// Why a run ends at this state: its duration is over, patience has run out, or the plateau's rate
// is too small. Empty = it goes on.
std::string reason_to_stop(const TrainingOptions& options, const TrainState& state);

// How a process stopped training.
struct TrainingEnd {
  bool complete = false;  // false: on the way; it can be resumed
  std::string reason{};
};

// For result.json; health: the run's last diagnosis, or null. The caller fills in parameters and
// memory.
RunResult run_result(const TrainState& state, Metric metric, const TrainingEnd& end,
                     const GradientHealth* health);

// What of these options a clock decides, so that no two runs are the same: a line, or empty.
std::string clock_dependence(const TrainingOptions& options);

}  // namespace rondo
