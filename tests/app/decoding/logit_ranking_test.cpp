#include "app/decoding/logit_ranking.h"

#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

using namespace rondo;

namespace {

torch::Tensor tensor_of(std::vector<float> values, int64_t each) {
  return torch::tensor(values).view({-1, each});
}

const BannedTokens kSomeBanned{.everywhere = {kPadId, kBosId}, .rows = {{7}, {}, {9, 11}, {}, {}}};

}  // namespace

TEST_CASE("logits are ranked as log softmax and topk do", "[decoding]") {
  torch::manual_seed(1);
  const auto logits = torch::randn({40, 300}) * 4;
  const auto best = rank_logits(logits, 5, {});
  const auto log_probs = torch::log_softmax(logits, 1);
  const auto [values, tokens] = log_probs.topk(5, 1);
  REQUIRE(torch::allclose(tensor_of(best.log_probs, 5), values, 0, 1e-5));
  REQUIRE(tensor_of({best.tokens.begin(), best.tokens.end()}, 5).equal(tokens.to(torch::kFloat)));
  REQUIRE(torch::allclose(torch::tensor(best.ends), log_probs.select(1, kEosId), 0, 1e-5));
}

TEST_CASE("no more tokens are ranked than the vocabulary has", "[decoding]") {
  REQUIRE(rank_logits(torch::zeros({2, 6}), 8, {}).each == 6);
}

TEST_CASE("products are ranked as the logits that they never write", "[decoding]") {
  torch::manual_seed(2);
  const auto weight = torch::randn({1003, 24}), bias = torch::randn({1003});
  const auto features = torch::randn({5, 24});
  const PackedLinear output(weight, bias);
  const auto expected = rank_logits(torch::linear(features, weight, bias), 6, kSomeBanned);
  const int threads = torch::get_num_threads();
  for (const int some : {1, 3}) {  // panels in one part, in several that are merged
    torch::set_num_threads(some);
    const auto found = rank_products(features, output, 6, kSomeBanned);
    REQUIRE(found.tokens == expected.tokens);
    REQUIRE(torch::allclose(torch::tensor(found.log_probs), torch::tensor(expected.log_probs), 0,
                            1e-5));
    REQUIRE(torch::allclose(torch::tensor(found.ends), torch::tensor(expected.ends), 0, 1e-5));
  }
  torch::set_num_threads(threads);
}
