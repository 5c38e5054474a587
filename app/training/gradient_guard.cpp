#include "app/training/gradient_guard.h"

namespace rondo {

GradientGuard::GradientGuard(const TrainingOptions& options, const torch::Device& device)
    : options_(options) {
  const auto zero = torch::zeros({}, torch::TensorOptions(at::kFloat).device(device));
  log_norm_ = zero.clone();
  seen_ = zero.clone();
  spikes_ = zero.clone();
  in_a_row_ = zero.clone();
}

}  // namespace rondo
