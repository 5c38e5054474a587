#pragma once

#include <cstdint>
#include <vector>

#include "app/training/options.h"
#include "app/training/parameters.h"
#include "app/training/task.h"

namespace rondo {

// How much of the learning rate each parameter gets, by how far its layer is from the output
// (Howard & Ruder 2018): discriminative_factor^depth, and nothing yet for layers that
// gradual_unfreezing still holds, which lets go of one more each time so many epochs have passed.
class LayerRates {
 public:
  LayerRates(const Task& task, const std::vector<NamedParameter>& parameters,
             const TrainingOptions& options);

  // One number a parameter; empty where all are 1.
  std::vector<double> at(int64_t epoch) const;

 private:
  std::vector<int64_t> depths_;
  double factor_ = 1;
  int64_t epochs_a_layer_ = 0;
};

}  // namespace rondo
