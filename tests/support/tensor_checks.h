#pragma once

#include <vector>

#include "tests/support/catch_torch.h"

namespace rondo {

inline torch::Tensor int64s(const std::vector<int64_t>& values) {
  return torch::tensor(values, torch::kInt64);
}

// Fails unless shapes agree and |actual - expected| <= tolerance * (1 + |expected|) everywhere.
inline void require_close(const torch::Tensor& actual, const torch::Tensor& expected,
                          double tolerance = 1e-5) {
  REQUIRE(actual.sizes() == expected.sizes());
  if (actual.numel() == 0) return;
  const auto wanted = expected.detach().to(torch::kFloat64);
  const auto difference = (actual.detach().to(torch::kFloat64) - wanted).abs();
  REQUIRE((difference / (1 + wanted.abs())).max().item<double>() <= tolerance);
}

// Fails unless the last backward pass reached every parameter of the module.
inline void require_gradient_everywhere(const torch::nn::Module& module) {
  for (const auto& parameter : module.named_parameters()) {
    INFO(parameter.key());
    REQUIRE(parameter.value().grad().defined());
    REQUIRE(parameter.value().grad().abs().sum().item<double>() > 0);
  }
}

}  // namespace rondo
