#include "models/packed_linear.h"

#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("a packed linear layer equals the layer", "[models]") {
  torch::manual_seed(1);
  const auto weight = torch::randn({70, 33}), bias = torch::randn({70});
  const auto input = torch::randn({2, 3, 33});
  require_close(PackedLinear(weight, bias).forward(input), torch::linear(input, weight, bias));
  require_close(PackedLinear(weight, {}).forward(input), torch::linear(input, weight));
  require_close(PackedLinear(weight, bias, PackedType::bf16).forward(input),
                torch::linear(input, weight, bias), 0.05);
}

TEST_CASE("a packed linear layer takes any view and any type", "[models]") {
  torch::manual_seed(2);
  const auto weight = torch::randn({33, 70}), input = torch::randn({33, 5});
  const auto expected = torch::linear(input.t(), weight.t());
  require_close(PackedLinear(weight.t(), {}).forward(input.t()), expected);
  require_close(PackedLinear(weight.t().to(torch::kDouble), {}).forward(input.t().to(torch::kHalf)),
                expected, 0.01);
  REQUIRE(PackedLinear(weight, {}).forward(torch::empty({0, 70})).sizes() ==
          torch::IntArrayRef({0, 33}));
}

TEST_CASE("a packed linear layer keeps the weights that it was given", "[models]") {
  const auto weight = torch::ones({3, 2}), bias = torch::ones({3});
  const PackedLinear layer(weight, bias);
  weight.zero_();
  bias.zero_();
  require_close(layer.forward(torch::ones({2})), torch::full({3}, 3.0f));
  REQUIRE_THROWS_AS(layer.forward(torch::ones({1, 3})), c10::Error);
}

TEST_CASE("threads do not change a packed linear layer", "[models]") {
  torch::manual_seed(3);
  const PackedLinear layer(torch::randn({1500, 700}), torch::randn({1500}));
  const auto input = torch::randn({9, 700});
  const int threads = torch::get_num_threads();
  torch::set_num_threads(1);
  const auto alone = layer.forward(input);
  torch::set_num_threads(2);
  const auto both = layer.forward(input);
  torch::set_num_threads(threads);
  REQUIRE(torch::equal(alone, both));
}

}  // namespace rondo
