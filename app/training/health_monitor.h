#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "app/report/gradient_health.h"
#include "app/training/hardware.h"
#include "app/training/optimizer.h"
#include "app/training/parameters.h"
#include "app/training/task.h"

namespace rondo {

// Looks at how the loss's gradient flows through every recurrent layer of a task's network, on a
// few sentences of a batch unrolled step by step. It draws no random number and changes no weight,
// so that training goes on as if it had not been there.
class HealthMonitor {
 public:
  HealthMonitor(Task& task, std::vector<NamedParameter> parameters, const Hardware& hardware);

  // The sample: up to kSentences of the batch, its longest. The batch is on the device.
  GradientHealth examine(const Batch& batch);

  // Around one update: remembers the weights, and fills in how far each layer's moved.
  void remember_weights();
  void measure_update(GradientHealth& health) const;

  // Fills in the share of embedding rows that Adam's second moment says never had a gradient.
  void measure_embeddings(const Optimizer& optimizer, GradientHealth& health) const;

  static constexpr int64_t kSentences = 8;

 private:
  Task& task_;
  std::vector<NamedParameter> parameters_;
  Hardware hardware_;
  std::vector<torch::Tensor> remembered_{};
};

}  // namespace rondo
