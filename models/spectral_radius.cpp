#include "models/spectral_radius.h"

namespace rondo {

torch::Tensor spectral_radius(const torch::Tensor& matrices, int squarings) {
  TORCH_CHECK(matrices.dim() == 3 && matrices.size(1) == matrices.size(2),
              "spectral radius wants [n, size, size], got ", matrices.sizes());
  const torch::NoGradGuard no_grad;
  const auto norms = [](const torch::Tensor& power) {
    return torch::linalg_vector_norm(power, 2, torch::IntArrayRef({1, 2}), /*keepdim=*/true);
  };
  // Scaled to norm 1 before each squaring, so that nothing overflows; the logarithms of the scales
  // add up to that of the norm. A power that is zero stays so, and the radius is 0.
  auto power = matrices.detach().to(torch::kFloat);
  auto log_radius = torch::zeros_like(power.narrow(1, 0, 1).narrow(2, 0, 1));
  double share = 1;
  for (int squaring = 0; squaring <= squarings; ++squaring, share /= 2) {
    if (squaring > 0) power = torch::bmm(power, power);
    const auto norm = norms(power);
    log_radius = log_radius + norm.log() * share;
    power = power / norm.clamp_min(1e-30);
  }
  return log_radius.exp().flatten();
}

}  // namespace rondo
