#pragma once

#include "app/config/experiment.h"
#include "app/distributed/worker_place.h"

namespace rondo {

// What the user asked for on the command line.
struct TrainRequest {
  Experiment experiment;
  bool dry_run = false;      // build all, measure some updates, write nothing
  int measured_updates = 8;  // of a dry run
  bool resume = false;       // go on from the run folder's checkpoint, or start where there is none
  bool overwrite = false;    // replace the run in the folder; as training.overwrite
  Duration until{};          // stop and save there, as a signal would; none = to the end
  WorkerPlace place{};       // among the processes that train together
};

// Trains from text to model: tokenizers, network, the loop, the run folder. Throws ConfigError when
// the folder holds a run and neither resume nor overwrite is asked for, or another process trains
// in it. Of several workers the first alone writes, and says what happens; another that fails with
// all the others ends the process, by the exit status of the error.
void run_training(const TrainRequest& request);

}  // namespace rondo
