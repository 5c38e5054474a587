#include "app/training/matrix_rate.h"

#include <algorithm>
#include <chrono>

namespace rondo {
namespace {

void wait_for(const torch::Device& device) {
  if (device.is_cuda()) torch::cuda::synchronize();
}

}  // namespace

double matrix_rate(const torch::Device& device, torch::ScalarType type, double seconds) {
  using Clock = std::chrono::steady_clock;
  const torch::NoGradGuard no_grad;
  const int64_t size = device.is_cuda() ? 8192 : 1024;
  constexpr int kRepeats = 4;  // between two looks at the clock
  const torch::Tensor a = torch::ones({size, size}, torch::dtype(type).device(device));
  torch::Tensor product = torch::matmul(a, a);  // the first one also sets up the library
  wait_for(device);
  const auto start = Clock::now();
  double elapsed = 0, products = 0;
  while (elapsed < seconds) {
    for (int i = 0; i < kRepeats; ++i) torch::matmul_out(product, a, a);
    wait_for(device);
    products += kRepeats;
    elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  }
  return products * 2.0 * static_cast<double>(size * size * size) / std::max(elapsed, 1e-9);
}

}  // namespace rondo
