#pragma once

#include <torch/torch.h>

#include <functional>
#include <optional>
#include <span>

#include "app/distributed/gradient_sum.h"
#include "app/training/batch_queue.h"
#include "app/training/ema.h"
#include "app/training/gradient_guard.h"
#include "app/training/hardware.h"
#include "app/training/layer_rates.h"
#include "app/training/optimizer.h"
#include "app/training/options.h"
#include "app/training/task.h"

namespace rondo {

// What updates add up to; tensors stay on the device until they are asked for.
struct LossTotals {
  torch::Tensor sum, nll;  // [] float32, nats
  int64_t targets = 0;     // what they are summed over
  int64_t tokens = 0;      // what speed counts
  void add(const LossSum& loss);
};

// Updates that were left out because they were not finite, or because the guard wants it; counted
// on the device.
struct SkipCounts {
  torch::Tensor total, in_a_row, longest;  // [] float32
};

// One update of the weights: forward and backward over its batches, clipping, optimizer, average.
class Updater {
 public:
  Updater(Task& task, const TrainingOptions& options, const Hardware& hardware);

  // This worker's batches of one update, on the device. The gradient is that of one batch holding
  // those of all workers; the totals are of all of them. Those that are not here count for nothing.
  LossTotals update(std::span<const QueuedBatch> batches, double rate);

  // Called with the gradients of every update as the loss left them; null = nobody listens.
  using GradientListener = std::function<void(const std::vector<torch::Tensor>&)>;
  void listen(GradientListener listener) { listener_ = std::move(listener); }

  const torch::Tensor& gradient_norm() const { return gradient_.norm; }  // of the last update
  const SkipCounts& skipped() const { return skipped_; }
  const std::vector<NamedParameter>& parameters() const { return parameters_; }
  Optimizer& optimizer() { return optimizer_; }
  GradientGuard& guard() { return guard_; }
  WeightAverage* average() { return average_ ? &*average_ : nullptr; }

 private:
  // What the loss is divided by is asked for when it is needed.
  void backward(const Batch& batch, const std::function<double()>& divisor, LossTotals& totals);
  void backward(std::span<const QueuedBatch> batches, LossTotals& totals);
  void count_skipped();

  Task& task_;
  TrainingOptions options_;
  Hardware hardware_;
  std::vector<NamedParameter> parameters_;
  GradientSum gradient_sum_;
  Optimizer optimizer_;
  LayerRates layer_rates_;
  std::optional<WeightAverage> average_;
  GradientGuard guard_;
  GradientListener listener_{};
  GradientReport gradient_;
  SkipCounts skipped_;
};

}  // namespace rondo
