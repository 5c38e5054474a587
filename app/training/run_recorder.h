#pragma once

#include "app/report/metrics_log.h"
#include "app/report/run_history.h"
#include "app/report/tensorboard_writer.h"
#include "app/storage/run_folder.h"
#include "app/training/observer.h"

namespace rondo {

// Writes what training measures into the run folder: metrics.jsonl and TensorBoard's events as it
// comes, report.html at each validation.
class RunRecorder : public TrainingObserver {
 public:
  // history holds what earlier processes of the same run measured.
  RunRecorder(RunFolder folder, RunHistory history);

  void on_progress(const ProgressReport& report, const Position& at) override;
  void on_validation(const ValidationRecord& record, const std::vector<Sample>& samples) override;
  void on_health(const GradientHealth& health, const Position& at) override;
  void on_gradients(const std::vector<NamedHistogram>& gradients, const Position& at) override;
  int64_t on_saving() override { return metrics_.sync(); }

  // What the whole run measured so far.
  const RunHistory& history() const { return history_; }

 private:
  RunFolder folder_;
  RunHistory history_;
  MetricsLog metrics_;
  TensorboardWriter tensorboard_;
};

}  // namespace rondo
