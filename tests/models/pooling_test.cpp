#include "models/pooling.h"

#include <cmath>
#include <limits>

#include "models/masking.h"
#include "tests/models/small_classifier.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

// States [time, batch, dim] as of one layer, read one way, over sentences of these lengths.
EncoderOutput one_way_output(const torch::Tensor& states, const std::vector<int64_t>& lengths) {
  const auto length = int64s(lengths);
  const auto last = states.index({length - 1, torch::arange(states.size(1))}).unsqueeze(0);
  return {.states = states, .last = last, .mask = length_mask(length, states.size(0))};
}

// Sentence 0: (-1, -4), (-2, -2), (-3, -3). Sentence 1: (-5, 1), (-1, 3), then padding.
EncoderOutput two_sentences() {
  const auto states = torch::tensor({-1, -4, -5, 1, -2, -2, -1, 3, -3, -3, 7, 7}, torch::kFloat32);
  return one_way_output(states.view({3, 2, 2}), {3, 2});
}

torch::Tensor rows_of_two(const std::vector<float>& values) {
  return torch::tensor(values).view({2, -1});
}

}  // namespace

TEST_CASE("pooling without weights can be worked by hand", "[models]") {
  struct Case {
    Pooling type;
    std::vector<float> vectors;
  };
  const auto expected =
      GENERATE(Case{Pooling::last, {-3, -3, -1, 3}}, Case{Pooling::mean, {-2, -3, -3, 2}},
               Case{Pooling::max, {-1, -2, -1, 3}},
               Case{Pooling::concat, {-3, -3, -1, -2, -2, -3, -1, 3, -1, 3, -3, 2}});
  Pool pool(expected.type, 2, 1);
  const auto pooled = pool->forward(two_sentences());
  REQUIRE(torch::equal(pooled.vector, rows_of_two(expected.vectors)));
  REQUIRE(pool->output_size() == pooled.vector.size(1));
  REQUIRE_FALSE(pooled.weights.defined());
}

TEST_CASE("attention over two states is a softmax worked by hand", "[models]") {
  Pool pool(Pooling::attention, 1, 1);
  torch::NoGradGuard no_grad;
  auto parameters = pool->named_parameters();
  parameters["hidden.weight"].fill_(1.0);
  parameters["hidden.bias"].fill_(0.5);
  parameters["score.weight"].fill_(2.0);
  const auto states = torch::tensor({0.5f, -1.0f, 9.0f}).view({3, 1, 1});
  const auto pooled = pool->forward(one_way_output(states, {2}));

  const double one = std::exp(2 * std::tanh(1.0)), two = std::exp(2 * std::tanh(-0.5));
  const double share = one / (one + two);
  require_close(pooled.weights.view({3}), torch::tensor({share, 1 - share, 0.0}), 1e-6);
  require_close(pooled.vector.view({1}), torch::full({1}, 0.5 * share - (1 - share)), 1e-6);
}

TEST_CASE("each head's weights sum to one over real tokens and leave padding none", "[models]") {
  torch::manual_seed(1);
  Pool pool(Pooling::attention, 4, 3);
  const auto encoded = one_way_output(torch::randn({5, 3, 4}), {5, 1, 4});
  const auto pooled = pool->forward(encoded);
  REQUIRE(pool->output_size() == 12);
  REQUIRE(pooled.vector.sizes() == torch::IntArrayRef({3, 12}));
  REQUIRE(pooled.weights.sizes() == torch::IntArrayRef({3, 3, 5}));
  require_close(pooled.weights.sum(-1), torch::ones({3, 3}), 1e-6);
  const auto padding = encoded.mask.t().logical_not().unsqueeze(1).expand_as(pooled.weights);
  REQUIRE(pooled.weights.masked_select(padding).abs().max().item<double>() == 0);
}

TEST_CASE("heads side by side attend as each would alone", "[models]") {
  torch::manual_seed(2);
  Pool both(Pooling::attention, 4, 2), alone(Pooling::attention, 4, 1);
  const auto encoded = one_way_output(torch::randn({5, 3, 4}), {5, 1, 4});
  const auto pooled = both->forward(encoded);
  for (int64_t head = 0; head < 2; ++head) {
    torch::NoGradGuard no_grad;
    auto parameters = alone->named_parameters();
    for (const auto& item : both->named_parameters()) {
      const bool scores = item.key() == "score.weight";
      parameters[item.key()].copy_(scores ? item.value().narrow(0, head, 1) : item.value());
    }
    const auto single = alone->forward(encoded);
    require_close(pooled.vector.narrow(1, 4 * head, 4), single.vector, 1e-6);
    require_close(pooled.weights.narrow(1, head, 1), single.weights, 1e-6);
  }
}

TEST_CASE("whatever stands in padding, pooling sees none of it", "[models]") {
  torch::manual_seed(3);
  const float padding = GENERATE(9.0f, std::numeric_limits<float>::infinity(),
                                 std::numeric_limits<float>::quiet_NaN());
  Pool pool(any_pooling().type, 4, 2);
  const auto real = one_way_output(torch::randn({5, 3, 4}), {5, 1, 4});
  const auto outside = real.mask.logical_not().unsqueeze(-1);
  auto states = real.states.masked_fill(outside, padding).requires_grad_();
  const auto pooled = pool->forward(one_way_output(states, {5, 1, 4}));
  require_close(pooled.vector, pool->forward(real).vector, 1e-6);

  pooled.vector.square().sum().backward();
  const auto gradient = states.grad();
  REQUIRE(torch::isfinite(gradient).all().item<bool>());
  REQUIRE(gradient.masked_select(outside).abs().max().item<double>() == 0);
  REQUIRE(gradient.abs().sum().item<double>() > 0);
}

TEST_CASE("pooling in bf16 differs from fp32 by rounding only", "[models]") {
  torch::manual_seed(4);
  const auto type = GENERATE(Pooling::last, Pooling::mean, Pooling::max, Pooling::concat);
  Pool pool(type, 4, 1);
  const auto states = torch::randn({200, 2, 4});
  const auto whole = pool->forward(one_way_output(states, {200, 120})).vector;
  const auto rounded = pool->forward(one_way_output(states.to(torch::kBFloat16), {200, 120}));
  REQUIRE(rounded.vector.dtype() == torch::kBFloat16);
  require_close(rounded.vector, whole, 1e-2);
}

}  // namespace rondo
