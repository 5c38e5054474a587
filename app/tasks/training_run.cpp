#include "app/tasks/training_run.h"

#include <cstdio>
#include <optional>

#include "app/errors.h"
#include "app/storage/folder_lock.h"
#include "app/tasks/run_start.h"
#include "app/tasks/task_factory.h"
#include "app/tasks/training_session.h"
#include "app/training/dry_run.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

void make_folder(const RunFolder& folder) {
  std::error_code error;
  fs::create_directories(folder.path, error);
  if (error) throw DataError(folder.path.string() + ": " + error.message());
}

void say_end(const TrainState& state, const RunFolder& folder, TrainingLog& log) {
  if (state.kept.empty()) return log.say("no validation gave a number; no model was kept");
  const KeptModel& best = state.kept.front();
  char value[32];
  std::snprintf(value, sizeof value, "%.4g", best.value);
  log.say("best " + std::string(value) + " at update " + std::to_string(best.update) + ": " +
          folder.best_model().string());
}

// result.json is there whenever training has stopped by itself; a full disk leaves none.
void train(TrainingSession& session, const RunFolder& folder) {
  try {
    session.trainer().run();
  } catch (const DataError&) {
    throw;
  } catch (const std::runtime_error& stop) {
    write_run_result(folder.path, session.result({.complete = false, .reason = stop.what()}));
    throw;
  }
}

void measure(TrainingSession& session, const TrainRequest& request, const Hardware& hardware,
             TrainingLog& log) {
  for (const std::string& line : measure_training(session.task(), request.experiment.training,
                                                  hardware, request.measured_updates)) {
    log.say(line);
  }
}

RunStart start_of(const TrainRequest& request, const RunFolder& folder, TrainingLog& log) {
  if (!request.dry_run) return run_start(request, folder, log);
  return request.resume && fs::exists(folder.checkpoint()) ? RunStart::resumed : RunStart::fresh;
}

}  // namespace

void run_training(const TrainRequest& request) {
  const RunFolder folder{request.experiment.model_dir};
  std::optional<FolderLock> lock;
  if (!request.dry_run && fs::exists(folder.path)) lock.emplace(folder.path);
  TrainingLog log;
  const RunStart start = start_of(request, folder, log);
  if (start == RunStart::complete) return;
  // Read now, so that a wrong path is not found out after hours.
  const bool tests = has_test(request.experiment);
  if (tests) check_test(request.experiment);
  const Hardware hardware = prepare_hardware(request.experiment.training);
  log.say("machine: " + describe(hardware));
  TrainingSession session(
      request.experiment,
      {.folder = folder, .resumed = start == RunStart::resumed, .hardware = hardware, .log = &log});
  if (request.dry_run) return measure(session, request, hardware, log);
  make_folder(folder);
  if (!lock) lock.emplace(folder.path);
  open_run_folder(request.experiment, folder, start);
  log.open(folder.log());
  session.open_records();
  session.trainer().stop_at(request.until);
  train(session, folder);
  const TrainingEnd& end = session.trainer().end();
  const RunResult result = session.result(end);
  say_end(session.trainer().state(), folder, log);
  if (end.complete && tests && fs::exists(folder.best_model())) {
    log.say(test_report(request.experiment, folder.best_model(), hardware));
  }
  write_run_result(folder.path, result);  // last: a process killed before it is not yet complete
}

}  // namespace rondo
