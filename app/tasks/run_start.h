#pragma once

#include <string>
#include <vector>

#include "app/storage/run_folder.h"
#include "app/tasks/training_run.h"
#include "app/training/training_log.h"

namespace rondo {

// What the run folder holds, and what is asked for, decide how training starts.
enum class RunStart {
  fresh,
  resumed,  // from the folder's checkpoint
  complete  // there is nothing left to train
};

// Says on the log what the user should know of it. Throws ConfigError when the folder holds a run
// and neither resume nor overwrite is asked for, or a model that a fresh start would destroy.
RunStart run_start(const TrainRequest& request, const RunFolder& folder, TrainingLog& log);

// Makes the folder ready: a fresh run replaces what an earlier one wrote, and nothing else that may
// lie there; a resumed one loses what a killed writer left half done. Throws DataError.
void open_run_folder(const Experiment& experiment, const RunFolder& folder, RunStart start);

}  // namespace rondo
