#include "app/tasks/training_run.h"

#include <cstdio>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/tasks/task_factory.h"
#include "app/training/dry_run.h"
#include "app/training/run_recorder.h"
#include "app/training/trainer.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

void check_folder(const TrainRequest& request, const RunFolder& folder) {
  const bool has_checkpoint = fs::exists(folder.checkpoint());
  if (request.resume && !has_checkpoint) {
    throw ConfigError(folder.checkpoint().string() +
                      ": not there, so there is nothing to go on from; leave --resume out");
  }
  const bool overwrite = request.overwrite || request.experiment.training.overwrite;
  const bool has_run = has_checkpoint || fs::exists(folder.best_model());
  if (request.resume || overwrite || !has_run) return;
  throw ConfigError(folder.path.string() + ": holds a run already; go on with it by --resume, " +
                    "replace it by --overwrite, or choose another model_dir");
}

// Removes what a run writes, and nothing else that may lie in the folder.
void remove_run(const RunFolder& folder) {
  for (const auto& entry : fs::directory_iterator(folder.path)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("best-") && name.ends_with(".rondo")) fs::remove(entry.path());
  }
  for (const auto& file : {folder.best_model(), folder.checkpoint(), folder.metrics(), folder.log(),
                           folder.report()}) {
    fs::remove(file);
  }
  fs::remove_all(folder.tensorboard());
}

void open_folder(const TrainRequest& request, const RunFolder& folder) {
  try {
    fs::create_directories(folder.path);
    if (!request.resume) remove_run(folder);
  } catch (const fs::filesystem_error& error) {
    throw DataError(folder.path.string() + ": " + error.code().message());
  }
  write_file_atomically(folder.config(), to_yaml(request.experiment));
}

// Empty = fresh weights.
fs::path starting_point(const TrainRequest& request, const RunFolder& folder, TrainingLog& log) {
  if (request.resume) {
    log.say("going on from " + folder.checkpoint().string());
    return folder.checkpoint();
  }
  const std::string& load_model = request.experiment.training.load_model;
  log.say(load_model.empty() ? tokenizer_notice(request.experiment)
                             : "starting from " + load_model);
  return load_model;
}

void say_start(Task& task, TrainingLog& log) {
  log.say(parameter_summary(task.network()));
  for (const std::string& line : task.summary()) log.say(line);
  log.say(with_commas(task.epoch_batches(0)->size()) + " batches an epoch");
}

void restore(Trainer& trainer, const fs::path& checkpoint) {
  try {
    trainer.restore(read_tensor_file(checkpoint));
  } catch (const DataError& error) {
    throw DataError(checkpoint.string() +
                    ": cannot be resumed with this experiment: " + error.what());
  }
}

RunHistory earlier_history(const TrainRequest& request, const RunFolder& folder,
                           const TrainState& state, const TaskTraits& traits) {
  RunHistory history;
  if (request.resume) {
    history = read_metrics(folder.metrics());
    forget_after(history, state.update);
  }
  history.name = request.experiment.name;
  history.config = to_yaml(request.experiment);
  history.metric = yaml_name(request.experiment.training.early_stopping_metric);
  history.tokens = traits.tokens;
  return history;
}

void say_end(const TrainState& state, const RunFolder& folder, TrainingLog& log) {
  if (state.kept.empty()) return log.say("no validation gave a number; no model was kept");
  const KeptModel& best = state.kept.front();
  char value[32];
  std::snprintf(value, sizeof value, "%.4g", best.value);
  log.say("best " + std::string(value) + " at update " + std::to_string(best.update) + ": " +
          folder.best_model().string());
}

}  // namespace

void run_training(const TrainRequest& request) {
  const TrainingOptions& options = request.experiment.training;
  const RunFolder folder{request.experiment.model_dir};
  if (!request.dry_run) check_folder(request, folder);
  // Read now, so that a wrong path is not found out after hours.
  const bool tests = has_test(request.experiment);
  if (tests) check_test(request.experiment);
  TrainingLog log;
  const Hardware hardware = prepare_hardware(options);
  log.say("machine: " + describe(hardware));
  const auto task = make_task(request.experiment, starting_point(request, folder, log), hardware);
  say_start(*task, log);
  if (request.dry_run) {
    for (const std::string& line :
         measure_training(*task, options, hardware, request.measured_updates)) {
      log.say(line);
    }
    return;
  }
  Trainer trainer(*task, options, hardware, {.folder = folder, .log = &log});
  if (request.resume) restore(trainer, folder.checkpoint());
  open_folder(request, folder);
  log.open(folder.log());
  RunHistory history = earlier_history(request, folder, trainer.state(), task->traits());
  history.machine = describe(hardware);
  history.statistics = task->statistics();
  RunRecorder recorder(folder, std::move(history));
  trainer.observe(&recorder);
  say_end(trainer.run(), folder, log);
  if (tests && fs::exists(folder.best_model())) {
    log.say(test_report(request.experiment, folder.best_model(), hardware));
  }
}

}  // namespace rondo
