#pragma once

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

#include "app/report/gradient_health.h"
#include "app/training/health_verdict.h"
#include "app/training/optimizer.h"
#include "app/training/options.h"
#include "app/training/parameters.h"
#include "app/training/task.h"
#include "models/recurrence_trace.h"

namespace rondo {

// Looks at how the loss's gradient flows through every recurrent layer of a task's network, on a
// few sentences of a batch unrolled step by step, in fp32. It draws no random number and changes no
// weight, so that training goes on as if it had not been there.
class HealthMonitor {
 public:
  HealthMonitor(Task& task, std::vector<NamedParameter> parameters, const TrainingOptions& options);

  // The sample: up to kSentences of the batch, its longest. The batch is on the network's device.
  GradientHealth examine(const Batch& batch);

  // Around one update: remembers the weights of recurrent layers, and fills in how far each layer's
  // moved.
  void remember_weights();
  void measure_update(GradientHealth& health) const;

  // Fills in the share of embedding rows that Adam's second moment says never had a gradient; not
  // a number where the optimizer keeps none.
  void measure_embeddings(const Optimizer& optimizer, GradientHealth& health) const;

  static constexpr int64_t kSentences = 8;
  static constexpr int64_t kSteps = 1024;  // longer sentences are cut off

 private:
  void choose_settings(const std::vector<TracedLayer>& layers);

  Task& task_;
  std::vector<NamedParameter> parameters_;
  TrainingOptions options_;
  std::map<std::string, LayerSetting> settings_{};  // of the layers last examined, by name
  std::vector<NamedParameter> remembered_{};        // copies
};

}  // namespace rondo
