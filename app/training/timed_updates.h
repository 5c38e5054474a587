#pragma once

#include <cstdint>

#include "app/training/batch_queue.h"
#include "app/training/updater.h"

namespace rondo {

// What some updates took and made of it.
struct UpdateCost {
  double seconds = 0;
  int64_t tokens = 0;
  double flops = 0;  // of matrix products
  double nll = 0;    // nats without smoothing, summed over `targets`
  int64_t targets = 0;
  int64_t batches_an_epoch = 0;

  UpdateCost& operator+=(const UpdateCost& later);
};

// Makes `updates` updates at options.learning_rate and waits for the last.
UpdateCost run_updates(const Task& task, Updater& updater, BatchQueue& queue,
                       const TrainingOptions& options, int64_t updates);

}  // namespace rondo
