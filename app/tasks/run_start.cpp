#include "app/tasks/run_start.h"

#include "app/config/changes.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_result.h"
#include "app/training/training_end.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// Why there is nothing left to train; empty where there is.
std::string completion(const TrainingOptions& options, const RunFolder& folder) {
  const auto result = read_run_result(folder.path);
  if (!result || !result->complete) return "";
  if (!fs::exists(folder.checkpoint())) return result->ended;
  return reason_to_stop(options, read_train_state(folder.checkpoint()));
}

void say_changed_keys(const Experiment& experiment, const RunFolder& folder, TrainingLog& log) {
  if (!fs::exists(folder.config())) return;
  try {
    for (const std::string& line : changed_keys(load_experiment(folder.config()), experiment)) {
      log.say("changed: " + line);
    }
  } catch (const ConfigError& error) {
    log.say(std::string("what has changed since cannot be said: ") + error.what());
  }
}

RunStart resumed_start(const TrainRequest& request, const RunFolder& folder, TrainingLog& log) {
  const TrainingOptions& options = request.experiment.training;
  const std::string complete = completion(options, folder);
  if (!complete.empty()) {
    log.say(folder.path.string() + ": complete already: " + complete);
    return RunStart::complete;
  }
  if (fs::exists(folder.checkpoint())) {
    say_changed_keys(request.experiment, folder, log);
    const std::string clock = clock_dependence(options);
    if (!clock.empty()) log.say(clock);
    return RunStart::resumed;
  }
  if (fs::exists(folder.best_model()) && !options.overwrite) {
    throw ConfigError(folder.path.string() +
                      ": holds best.rondo but no latest.ckpt to go on from; start anew by " +
                      "--overwrite, or choose another model_dir");
  }
  log.say(folder.checkpoint().string() + ": not there yet, so training starts from the beginning");
  return RunStart::fresh;
}

bool is_of_numbered_models(const std::string& name) {
  return (name.starts_with("best-") || name.starts_with("snapshot-")) && name.ends_with(".rondo");
}

// The checkpoint first: without it, no later process takes the rest for a run to go on with.
void remove_run(const RunFolder& folder) {
  for (const auto& file : {folder.checkpoint(), folder.result(), folder.best_model(),
                           folder.metrics(), folder.timings(), folder.log(), folder.report()}) {
    fs::remove(file);
  }
  for (const auto& entry : fs::directory_iterator(folder.path)) {
    if (is_of_numbered_models(entry.path().filename().string())) fs::remove(entry.path());
  }
  fs::remove_all(folder.tensorboard());
}

}  // namespace

RunStart run_start(const TrainRequest& request, const RunFolder& folder, TrainingLog& log) {
  if (request.resume) return resumed_start(request, folder, log);
  const bool overwrite = request.overwrite || request.experiment.training.overwrite;
  const bool has_run = fs::exists(folder.checkpoint()) || fs::exists(folder.best_model());
  if (overwrite || !has_run) return RunStart::fresh;
  throw ConfigError(folder.path.string() + ": holds a run already; go on with it by --resume, " +
                    "replace it by --overwrite, or choose another model_dir");
}

void open_run_folder(const Experiment& experiment, const RunFolder& folder, RunStart start) {
  try {
    remove_all_temporaries(folder.path);
    if (start == RunStart::fresh) remove_run(folder);
    fs::remove(folder.result());  // until this process stops, the run is not complete
  } catch (const fs::filesystem_error& error) {
    throw DataError(folder.path.string() + ": " + error.code().message());
  }
  write_file_atomically(folder.config(), to_yaml(experiment));
}

}  // namespace rondo
