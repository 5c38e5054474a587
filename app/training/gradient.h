#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/training/options.h"

namespace rondo {

// What one update's gradient amounts to. All scalars stay on the device: nothing waits for them.
struct GradientReport {
  torch::Tensor norm;        // [] float32, over all parameters, before clipping
  torch::Tensor divisor;     // [] float32 >= 1: dividing by it clips the norm; undefined = 1
  torch::Tensor not_finite;  // [] float32: 1 where the loss or the gradient is not finite, else 0
};

// Clamps each element to clip_grad_val in place (0 = off), and finds the divisor that brings the
// norm down to clip_grad_norm (0 = off; Pascanu et al. 2013).
GradientReport clip_gradient(std::vector<torch::Tensor>& gradients, const torch::Tensor& loss,
                             const TrainingOptions& options);

}  // namespace rondo
