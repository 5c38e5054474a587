#pragma once

#include <string>
#include <vector>

#include "app/report/gradient_health.h"
#include "app/report/histogram.h"
#include "app/training/progress.h"
#include "app/training/train_state.h"

namespace rondo {

// Receives what training measures, as it goes: for metrics files, plots and pages.
class TrainingObserver {
 public:
  virtual ~TrainingObserver() = default;
  virtual void on_progress(const ProgressReport& report, const Position& at) = 0;
  virtual void on_validation(const ValidationRecord& record,
                             const std::vector<Sample>& samples) = 0;
  virtual void on_health(const GradientHealth& health, const Position& at) {}
  // Before a checkpoint is written: all that was observed must be safe on disk, since a resumed run
  // does not observe it again. Returns the bytes of metrics.jsonl, -1 where there is none.
  virtual int64_t on_saving() { return -1; }
  // Histograms of each parameter's gradient, for whoever draws them: asked for at diagnoses only.
  virtual void on_gradients(const std::vector<NamedHistogram>& gradients, const Position& at) {}
};

}  // namespace rondo
