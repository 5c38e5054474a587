#include "app/tasks/training_run.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>

#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/folder_lock.h"
#include "app/tasks/run_start.h"
#include "app/tasks/task_factory.h"
#include "app/tasks/text_fingerprint.h"
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

// What the first worker found in the run folder.
RunStart agreed_start(const Workers& workers, const std::function<RunStart()>& find) {
  const RunStart found = workers.first() ? find() : RunStart::fresh;
  return static_cast<RunStart>(
      std::stoi(workers.from_first(std::to_string(static_cast<int>(found)))));
}

// Where things lie, and on how many threads they run, may differ from host to host.
Experiment without_places(Experiment experiment) {
  experiment.model_dir.clear();
  for (ParallelFiles* files :
       {&experiment.data.train, &experiment.data.dev, &experiment.data.test}) {
    *files = {};
  }
  for (ExtraText& extra : experiment.data.extra) extra.files = {};
  experiment.data.token_cache.clear();
  for (std::string* path :
       {&experiment.labelled.train, &experiment.labelled.dev, &experiment.labelled.test,
        &experiment.training.load_model, &experiment.training.load_encoder}) {
    path->clear();
  }
  experiment.training.num_threads = 0;
  return experiment;
}

// Workers of another experiment, text or program would train something else together.
void check_agreement(const Workers& workers, const Experiment& experiment) {
  if (workers.alone()) return;
  workers.agree({{"configuration", to_yaml(without_places(experiment))},
                 {"program", program_version()},
                 {"text", text_fingerprint(experiment)}});
}

RunStart start_of(const TrainRequest& request, const RunFolder& folder, TrainingLog& log) {
  if (!request.dry_run) return run_start(request, folder, log);
  return request.resume && fs::exists(folder.checkpoint()) ? RunStart::resumed : RunStart::fresh;
}

void train_as_first(const TrainRequest& request, const RunFolder& folder, RunStart start,
                    const Hardware& hardware, TrainingSession& session,
                    std::optional<FolderLock>& lock, TrainingLog& log) {
  make_folder(folder);
  if (!lock) lock.emplace(folder.path);
  open_run_folder(request.experiment, folder, start);
  log.open(folder.log());
  session.open_records();
  train(session, folder);
  hardware.workers.leave();  // what is left to do is the first worker's
  const TrainingEnd& end = session.trainer().end();
  const RunResult result = session.result(end);
  say_end(session.trainer().state(), folder, log);
  Hardware alone = hardware;
  alone.workers = {};
  if (end.complete && has_test(request.experiment) && fs::exists(folder.best_model())) {
    log.say(test_report(request.experiment, folder.best_model(), alone));
  }
  write_run_result(folder.path, result);  // last: a process killed before it is not yet complete
}

void train_with(const Workers& workers, const TrainRequest& request) {
  check_agreement(workers, request.experiment);
  const RunFolder folder{request.experiment.model_dir};
  std::optional<FolderLock> lock;
  if (workers.first() && !request.dry_run && fs::exists(folder.path)) lock.emplace(folder.path);
  TrainingLog log = workers.first() ? TrainingLog() : TrainingLog::silent();
  const RunStart start = agreed_start(workers, [&] { return start_of(request, folder, log); });
  if (start == RunStart::complete) return workers.leave();
  // Read now, so that a wrong path is not found out after hours.
  if (workers.first() && has_test(request.experiment)) check_test(request.experiment);
  const Hardware hardware = prepare_hardware(request.experiment.training, workers);
  log.say("machine: " + describe(hardware));
  TrainingSession session(
      request.experiment,
      {.folder = folder, .resumed = start == RunStart::resumed, .hardware = hardware, .log = &log});
  if (request.dry_run) return measure(session, request, hardware, log);
  session.trainer().stop_at(request.until);
  if (workers.first()) {
    return train_as_first(request, folder, start, hardware, session, lock, log);
  }
  session.trainer().run();
  workers.leave();
}

// A worker that is not the one to say so ends without a word.
void end_quietly_unless(bool says, int status) {
  if (!says) std::_Exit(status);
}

}  // namespace

void run_training(const TrainRequest& request) {
  const Duration& timeout = request.experiment.training.timeout;
  const Workers workers(request.dry_run ? WorkerPlace{} : request.place,
                        std::chrono::milliseconds(std::llround(timeout.value * 1000)));
  try {
    train_with(workers, request);
  } catch (const Interrupted&) {
    workers.leave();  // all of them have saved
    end_quietly_unless(workers.first(), 130);
    throw;
  } catch (const ConfigError& error) {
    end_quietly_unless(workers.announce_failure(error.what()), 2);
    throw;
  } catch (const std::exception& error) {
    end_quietly_unless(workers.announce_failure(error.what()), 1);
    throw;
  }
}

}  // namespace rondo
