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
#include "app/training/training_end.h"
#include "app/training/training_log.h"
#include "app/training/updater.h"
#include "app/training/worker_times.h"

namespace rondo {

// Where a run's results go; all of it outlives the trainer.
struct TrainerOutputs {
  RunFolder folder;  // must exist where the first worker is; others write nothing
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
  // Begins a run of its own with what load_model's file adds to the weights: the optimizer's
  // moments without reset_optimizer, its updates and epochs without reset_scheduler. Averaged
  // weights are not taken. Throws DataError where it does not hold them.
  void begin_with(const TensorFile& checkpoint);
  // Stops and saves there, as a signal would; the schedule stays that of max_duration.
  void stop_at(const Duration& until) { until_ = until; }

  const TrainState& state() const { return state_; }
  // How the last run() stopped.
  const TrainingEnd& end() const { return end_; }
  void observe(TrainingObserver* observer) { outputs_.observer = observer; }  // or null

  // Throws Interrupted after saving when SIGINT or SIGTERM arrived, std::runtime_error when
  // max_skipped_updates in a row were not taken or rollbacks do not help, and DataError where a
  // file cannot be written.
  const TrainState& run();
  // Everything that the checkpoint counts on is safe on disk before it takes its place.
  void save_checkpoint();

 private:
  std::vector<QueuedBatch> next_batches(BatchQueue& queue) const;
  void update(const std::vector<QueuedBatch>& batches);
  Position position_after(const QueuedBatch& last) const;
  void agree_on_time();
  void check_blocks();
  void check_weights() const;
  void check_skipped();
  void say_news();
  void heed_gradients();
  void roll_back();
  ClockPause stand_still();
  void show_progress();
  void validate();
  void report(const ValidationRecord& record, const Validation& validation, double seconds);
  void keep_if_best(double value);
  void keep_snapshot();
  void write_model(const std::filesystem::path& path) const;
  void prepare();
  bool goes_on() const;
  void finish();
  [[noreturn]] void stop_interrupted();

  Task& task_;
  TrainingOptions options_;
  Hardware hardware_;
  TrainerOutputs outputs_;
  Workers workers_;
  Updater updater_;
  BestModels best_models_;
  TrainState state_;
  TrainingClock clock_;
  Meter meter_;
  WorkerTimes times_;
  bool stopping_ = false;  // somebody was asked to stop
  Duration until_{};       // none = to the end
  TrainingEnd end_;
  double rate_ = 0;            // of the last update
  int64_t saved_update_ = -1;  // of the checkpoint on disk; -1 = of none of this run
  bool rolled_back_ = false;   // and not saved since
  GuardReport heeded_{};       // what the log has been told of
  std::optional<Checkup> checkup_{};
};

}  // namespace rondo
