#include "app/training/timed_updates.h"

#include <chrono>
#include <vector>

namespace rondo {
namespace {

std::vector<QueuedBatch> batches_of_update(BatchQueue& queue, const TrainingOptions& options) {
  std::vector<QueuedBatch> batches;
  while (static_cast<int64_t>(batches.size()) < options.batch_multiplier) {
    batches.push_back(queue.next());
  }
  return batches;
}

}  // namespace

UpdateCost& UpdateCost::operator+=(const UpdateCost& later) {
  seconds += later.seconds;
  tokens += later.tokens;
  flops += later.flops;
  nll += later.nll;
  targets += later.targets;
  batches_an_epoch = later.batches_an_epoch;
  return *this;
}

UpdateCost run_updates(const Task& task, Updater& updater, BatchQueue& queue,
                       const TrainingOptions& options, int64_t updates) {
  UpdateCost cost;
  torch::Tensor nll;
  const auto start = std::chrono::steady_clock::now();
  for (int64_t i = 0; i < updates; ++i) {
    const std::vector<QueuedBatch> batches = batches_of_update(queue, options);
    for (const QueuedBatch& queued : batches) cost.flops += task.matrix_flops(queued.batch);
    cost.batches_an_epoch = batches.back().epoch_size();
    const LossTotals totals = updater.update(batches, options.learning_rate);
    nll = nll.defined() ? nll + totals.nll : totals.nll;
    cost.tokens += totals.tokens;
    cost.targets += totals.targets;
  }
  if (updates > 0) cost.nll = nll.item<double>();  // waits for the device
  cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return cost;
}

}  // namespace rondo
