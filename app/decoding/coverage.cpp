#include "app/decoding/coverage.h"

namespace rondo {

torch::Tensor coverage_penalty(const torch::Tensor& received, const torch::Tensor& mask,
                               double beta) {
  constexpr double kLeast = 1e-10;  // a token never looked at costs 23 nats, not infinitely many
  const auto logs = received.clamp(kLeast, 1.0).log();
  return beta * logs.masked_fill(mask.logical_not(), 0.0).sum(-1);
}

}  // namespace rondo
