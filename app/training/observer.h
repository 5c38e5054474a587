#pragma once

#include <string>
#include <vector>

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
};

}  // namespace rondo
