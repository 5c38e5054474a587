#include "models/state_norm.h"

#include <cmath>

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

void set_values(StateNorm& norm, const std::string& name, const std::vector<float>& values) {
  torch::NoGradGuard no_grad;
  norm->named_parameters()[name].copy_(torch::tensor(values));
}

}  // namespace

TEST_CASE("the norm of two states can be worked by hand", "[models]") {
  StateNorm norm(1, 2);
  set_values(norm, "weight", {2, 3});
  set_values(norm, "bias", {0.5, -1});
  // (1, 3): mean 2, deviation 1. (-4, 4): mean 0, deviation 4. Both become (-1, 1).
  const auto states = torch::tensor({1.0F, 3.0F, -4.0F, 4.0F}).view({2, 1, 2});
  const auto expected = torch::tensor({-1.5F, 2.0F, -1.5F, 2.0F}).view({2, 1, 2});
  require_close(norm->forward(states), expected, 1e-4);
}

TEST_CASE("each direction has its own half of gain and bias", "[models]") {
  StateNorm norm(2, 2);
  set_values(norm, "weight", {1, 1, 2, 2});
  set_values(norm, "bias", {0, 0, 1, 1});
  const auto states = torch::tensor({1.0F, 3.0F}).view({1, 1, 2});
  require_close(norm->forward(states, 0), torch::tensor({-1.0F, 1.0F}).view({1, 1, 2}), 1e-4);
  require_close(norm->forward(states, 1), torch::tensor({-1.0F, 3.0F}).view({1, 1, 2}), 1e-4);
  (norm->forward(states, 0) + norm->forward(states * 2, 1)).square().sum().backward();
  require_gradient_everywhere(*norm);
}

TEST_CASE("states in bf16 stay in bf16, and are normalised as in fp32", "[models]") {
  torch::manual_seed(1);
  StateNorm norm(1, 16);
  const auto states = torch::randn({3, 2, 16}).to(torch::kBFloat16);
  const auto found = norm->forward(states);
  REQUIRE(found.dtype() == torch::kBFloat16);
  require_close(found, norm->forward(states.to(torch::kFloat)), 1e-2);
}

}  // namespace rondo
