#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/config/experiment.h"
#include "app/training/run_recorder.h"
#include "app/training/trainer.h"

namespace rondo {

// One process's part in a run: the task, its trainer and what records it, built from the text and,
// where the run goes on, from its folder's checkpoint.
class TrainingSession {
 public:
  struct Place {
    RunFolder folder;
    bool resumed = false;  // from the folder's checkpoint
    Hardware hardware{};
    TrainingLog* log = nullptr;
  };

  // Reads, builds and restores, and writes nothing. Throws DataError or ConfigError.
  TrainingSession(const Experiment& experiment, const Place& place);

  // From here on, what is measured goes into the folder, which must exist, after what the
  // checkpoint counts on.
  void open_records();

  Task& task() { return *task_; }
  Trainer& trainer() { return *trainer_; }
  // What result.json says of a run that stopped so.
  RunResult result(const TrainingEnd& end) const;

 private:
  std::unique_ptr<Task> make_shared_task();
  void restore();
  void begin_with_load_model();

  Experiment experiment_;
  Place place_;
  std::unique_ptr<Task> task_;
  std::unique_ptr<Trainer> trainer_;
  std::unique_ptr<RunRecorder> recorder_;
};

}  // namespace rondo
