#pragma once

#include <vector>

#include "app/report/histogram.h"
#include "app/training/health_monitor.h"
#include "app/training/health_news.h"
#include "app/training/observer.h"
#include "app/training/position.h"
#include "app/training/training_log.h"
#include "app/training/updater.h"

namespace rondo {

// Looks at one update each training.diagnose_freq, and tells log and observer what it saw.
class Checkup {
 public:
  // Of several workers the first looks.
  Checkup(Task& task, Updater& updater, const TrainingOptions& options, const Workers& workers,
          const Position& start);

  // Around every update. batch: nullptr where this worker has none. coming: the position after it,
  // as far as it is known before.
  void before_update(const Batch* batch, const Position& coming);
  void after_update(const Position& at, TrainingLog& log, TrainingObserver* observer);

 private:
  Updater& updater_;
  HealthMonitor monitor_;
  Recurring recurring_;
  HealthNews news_{};
  bool looks_ = true;
  bool looking_ = false;
  GradientHealth health_{};
  std::vector<NamedHistogram> gradients_{};
};

}  // namespace rondo
