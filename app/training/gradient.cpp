#include "app/training/gradient.h"

namespace rondo {
namespace {

constexpr double kTiny = 1e-6;  // as torch.nn.utils.clip_grad_norm_ adds to the norm

torch::Tensor total_norm(const std::vector<torch::Tensor>& gradients) {
  return at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients)).to(at::kFloat));
}

}  // namespace

GradientReport clip_gradient(std::vector<torch::Tensor>& gradients, const torch::Tensor& loss,
                             const TrainingOptions& options) {
  const torch::NoGradGuard no_grad;
  GradientReport report;
  report.norm = total_norm(gradients);
  const torch::Tensor finite = at::isfinite(report.norm) & at::isfinite(loss);
  report.not_finite = finite.logical_not().to(at::kFloat);
  torch::Tensor norm = report.norm;
  if (options.clip_grad_val > 0) {
    at::_foreach_clamp_min_(gradients, -options.clip_grad_val);
    at::_foreach_clamp_max_(gradients, options.clip_grad_val);
    if (options.clip_grad_norm > 0) norm = total_norm(gradients);
  }
  if (options.clip_grad_norm > 0) {
    report.divisor = ((norm + kTiny) / options.clip_grad_norm).clamp_min(1.0);
  }
  return report;
}

}  // namespace rondo
