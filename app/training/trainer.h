#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/storage/run_folder.h"
#include "app/training/best_models.h"
#include "app/training/checkpoint.h"
#include "app/training/checkup.h"
#include "app/training/meter.h"
#include "app/training/observer.h"
#include "app/training/task.h"
#include "app/training/training_clock.h"
#include "app/training/training_log.h"
#include "app/training/updater.h"

namespace rondo {

// Where a run's results go; all of it outlives the trainer.
struct TrainerOutputs {
  RunFolder folder;  // must exist
  TrainingLog* log = nullptr;
  TrainingObserver* observer = nullptr;  // may be null
};

// The one training loop, for every task: updates until the duration is over, patience has run out
// or the plateau's rate is too small; validates, keeps the best models, and saves what a later
// process needs to go on.
class Trainer {
 public:
  Trainer(Task& task, const TrainingOptions& options, const Hardware& hardware,
          const TrainerOutputs& outputs);

  // Goes on from a checkpoint. Throws DataError when it does not fit.
  void restore(const TensorFile& checkpoint);

  const TrainState& state() const { return state_; }
  void observe(TrainingObserver* observer) { outputs_.observer = observer; }  // or null

  // Throws Interrupted after saving when SIGINT or SIGTERM arrived, and std::runtime_error when
  // max_skipped_updates in a row were not taken, or rollbacks do not help.
  const TrainState& run();

 private:
  std::vector<QueuedBatch> next_batches(BatchQueue& queue) const;
  void update(const std::vector<QueuedBatch>& batches);
  Position position_after(const QueuedBatch& last) const;
  void check_skipped();
  void heed_gradients();
  void roll_back();
  ClockPause stand_still();
  void show_progress();
  void validate();
  void report(const ValidationRecord& record, const Validation& validation, double seconds);
  void keep_if_best(double value);
  void save_checkpoint();
  std::string reason_to_stop() const;  // empty = go on
  [[noreturn]] void stop_interrupted();

  Task& task_;
  TrainingOptions options_;
  Hardware hardware_;
  TrainerOutputs outputs_;
  Updater updater_;
  BestModels best_models_;
  TrainState state_;
  TrainingClock clock_;
  Meter meter_;
  double rate_ = 0;       // of the last update
  GuardReport heeded_{};  // what the log has been told of
  std::optional<Checkup> checkup_{};
  int64_t skipped_before_ = 0;  // by the processes that this one continues
};

}  // namespace rondo
