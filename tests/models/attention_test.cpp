#include "models/attention.h"

#include <cmath>

#include "models/masking.h"
#include "tests/models/reference_case.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct Scoring {
  AttentionType type;
  std::string name;  // of the reference case
};

Scoring any_scoring() {
  return GENERATE(
      Scoring{AttentionType::dot, "dot"}, Scoring{AttentionType::scaled_dot, "scaled_dot"},
      Scoring{AttentionType::general, "general"}, Scoring{AttentionType::additive, "additive"});
}

// states [time, batch, memory] of sentences of these lengths.
EncoderOutput encoded_as(const torch::Tensor& states, const std::vector<int64_t>& lengths) {
  const auto mask = length_mask(torch::tensor(lengths, torch::kInt64), states.size(0));
  return {.states = states, .last = {}, .mask = mask};
}

}  // namespace

TEST_CASE("dot attention over two keys is a softmax worked by hand", "[models]") {
  Attention attention(AttentionType::dot, 2, 2);
  const auto states = torch::tensor({1.0f, 0.0f, 0.0f, 2.0f}).view({2, 1, 2});
  const auto query = torch::tensor({1.0f, 0.0f}).view({1, 1, 2});
  const auto output = attention->forward(query, attention->remember(encoded_as(states, {2})));
  const double first = std::exp(1.0) / (std::exp(1.0) + 1);  // scores 1 and 0
  require_close(output.weights.view({2}), torch::tensor({first, 1 - first}));
  require_close(output.context.view({2}), torch::tensor({first, 2 * (1 - first)}));
}

TEST_CASE("scaled dot attention divides scores by the root of their width", "[models]") {
  Attention attention(AttentionType::scaled_dot, 4, 4);
  const auto states =
      torch::tensor({3.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f}).view({2, 1, 4});
  const auto query = torch::tensor({2.0f, 0.0f, 0.0f, 0.0f}).view({1, 1, 4});
  const auto output = attention->forward(query, attention->remember(encoded_as(states, {2})));
  const double first = std::exp(3.0) / (std::exp(3.0) + 1);  // scores 6 / sqrt(4) and 0
  require_close(output.weights.view({2}), torch::tensor({first, 1 - first}));
}

TEST_CASE("attention returns a context and a row of weights a query", "[models]") {
  const Scoring scoring = any_scoring();
  Attention attention(scoring.type, 4, 4);
  const auto memory = attention->remember(encoded_as(torch::randn({5, 3, 4}), {5, 1, 4}));
  const auto output = attention->forward(torch::randn({2, 3, 4}), memory);
  REQUIRE(memory.batch() == 3);
  REQUIRE(output.context.sizes() == torch::IntArrayRef({2, 3, 4}));
  REQUIRE(output.weights.sizes() == torch::IntArrayRef({2, 3, 5}));
}

TEST_CASE("attention weights sum to one over real tokens and leave padding none", "[models]") {
  torch::manual_seed(1);
  const Scoring scoring = any_scoring();
  Attention attention(scoring.type, 4, 4);
  const auto source = encoded_as(torch::randn({5, 3, 4}), {5, 1, 4});
  const auto weights =
      attention->forward(torch::randn({2, 3, 4}), attention->remember(source)).weights;
  require_close(weights.sum(-1), torch::ones({2, 3}));
  const auto padding = source.mask.t().logical_not().unsqueeze(0).expand_as(weights);
  REQUIRE(weights.masked_select(padding).abs().max().item<double>() == 0);
}

TEST_CASE("padding appended to the memory changes no context", "[models]") {
  torch::manual_seed(2);
  const Scoring scoring = any_scoring();
  Attention attention(scoring.type, 4, 4);
  const auto states = torch::randn({5, 2, 4});
  const auto padded = torch::cat({states, torch::full({3, 2, 4}, 9.0)});
  const auto queries = torch::randn({2, 2, 4});
  const auto tight = attention->forward(queries, attention->remember(encoded_as(states, {5, 3})));
  const auto loose = attention->forward(queries, attention->remember(encoded_as(padded, {5, 3})));
  require_close(loose.context, tight.context, 1e-6);
  require_close(loose.weights.narrow(-1, 0, 5), tight.weights, 1e-6);
}

TEST_CASE("beams side by side attend as if the memory were repeated", "[models]") {
  torch::manual_seed(3);
  const Scoring scoring = any_scoring();
  Attention attention(scoring.type, 4, 4);
  const auto memory = attention->remember(encoded_as(torch::randn({5, 2, 4}), {5, 3}));
  const auto queries = torch::randn({1, 6, 4});  // 3 beams of sentence 0, then 3 of sentence 1
  const auto repeated = select_rows(memory, int64s({0, 0, 0, 1, 1, 1}));
  REQUIRE(repeated.batch() == 6);
  const auto shared = attention->forward(queries, memory);
  const auto copied = attention->forward(queries, repeated);
  require_close(shared.context, copied.context, 1e-6);
  require_close(shared.weights, copied.weights, 1e-6);
}

TEST_CASE("attention equals its formula in PyTorch, gradients too", "[models]") {
  const Scoring scoring = any_scoring();
  const ReferenceCase reference("attention", scoring.name);
  auto states = reference.input("states").requires_grad_();
  auto queries = reference.input("queries").requires_grad_();
  Attention attention(scoring.type, queries.size(2), states.size(2));
  reference.load_parameters(*attention);

  const auto memory = attention->remember(encoded_as(states, {4, 1, 3}));
  const auto output = attention->forward(queries, memory);
  reference.require_output("context", output.context);
  reference.require_output("weights", output.weights);
  (output.context * reference.input("context_gradient")).sum().backward();
  reference.require_gradients(*attention);
  require_gradient_everywhere(*attention);
  require_close(states.grad(), reference.gradient("states"));
  require_close(queries.grad(), reference.gradient("queries"));
}

}  // namespace rondo
