#include "app/decoding/token_ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "tests/support/catch.h"
#include "tokenizers/special_tokens.h"

using namespace rondo;

namespace {

// All of one row at once.
RankedTokens ranked(const std::vector<float>& logits, int64_t each, const BannedTokens& banned) {
  TokenRanking ranking(1, each);
  ranking.add(0, 0, logits, banned);
  return std::move(ranking).finish();
}

double log_sum_exp(const std::vector<float>& logits) {
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit));
  return std::log(sum);
}

std::vector<float> random_logits(size_t size) {  // seed 1
  std::mt19937 generator(1);
  std::vector<float> logits(size);
  for (float& logit : logits) logit = static_cast<float>(generator() % 1000) / 50.0f;  // ties
  return logits;
}

}  // namespace

TEST_CASE("a ranking gives log-probabilities of the whole row, best first", "[decoding]") {
  const std::vector<float> logits{1, 5, 3, 4, 0.5f};
  const auto best = ranked(logits, 2, {});
  REQUIRE(best.tokens == std::vector<int32_t>{1, 3});
  REQUIRE(best.log_probs[0] == Approx(5 - log_sum_exp(logits)));
  REQUIRE(best.log_probs[1] == Approx(4 - log_sum_exp(logits)));
  REQUIRE(best.ends[0] == Approx(logits[kEosId] - log_sum_exp(logits)));
}

TEST_CASE("a banned token counts in the sum and is not chosen", "[decoding]") {
  const std::vector<float> logits{1, 5, 3, 4, 0.5f};
  const auto best = ranked(logits, 2, {.everywhere = {1}, .rows = {{2}}});
  REQUIRE(best.tokens == std::vector<int32_t>{3, 0});
  REQUIRE(best.log_probs[0] == Approx(4 - log_sum_exp(logits)));
}

TEST_CASE("where too few tokens are left the rest is impossible", "[decoding]") {
  const auto best = ranked({1, 5, 3, 4}, 3, {.everywhere = {0, 2, 3}});
  REQUIRE(best.tokens[0] == 1);
  REQUIRE(std::isinf(best.log_probs[1]));
  REQUIRE(std::isinf(best.log_probs[2]));
}

TEST_CASE("equal logits are ranked in the order of their tokens", "[decoding]") {
  REQUIRE(ranked({2, 7, 2, 7, 2, 2}, 4, {}).tokens == std::vector<int32_t>{1, 3, 0, 2});
}

TEST_CASE("a ranking agrees with a stable sort", "[decoding]") {
  const auto logits = random_logits(1003);
  std::vector<int32_t> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return logits[static_cast<size_t>(a)] > logits[static_cast<size_t>(b)];
  });
  for (const int64_t each : {1, 5, 1003}) {
    const auto best = ranked(logits, each, {});
    REQUIRE(std::equal(best.tokens.begin(), best.tokens.end(), order.begin()));
    REQUIRE(best.log_probs[0] ==
            Approx(logits[static_cast<size_t>(order[0])] - log_sum_exp(logits)));
  }
}

TEST_CASE("a row read in pieces, and in two rankings that are merged, is ranked the same",
          "[decoding]") {
  const auto logits = random_logits(1003);
  const BannedTokens banned{.everywhere = {17, 500}};
  const auto whole = ranked(logits, 5, banned);
  TokenRanking first(1, 5), second(1, 5);
  for (size_t begin = 0; begin < logits.size(); begin += 100) {
    const auto piece = std::span(logits).subspan(begin, std::min<size_t>(100, 1003 - begin));
    (begin < 600 ? first : second).add(0, static_cast<int32_t>(begin), piece, banned);
  }
  first.merge(second);
  const auto merged = std::move(first).finish();
  REQUIRE(merged.tokens == whole.tokens);
  REQUIRE(merged.ends[0] == Approx(whole.ends[0]));
  for (size_t i = 0; i < 5; ++i) REQUIRE(merged.log_probs[i] == Approx(whole.log_probs[i]));
}

TEST_CASE("logits far apart or impossible leave a proper distribution", "[decoding]") {
  const float never = -INFINITY;
  const auto best = ranked({never, -3e4f, 2e4f, never, 2e4f}, 2, {});
  REQUIRE(best.tokens == std::vector<int32_t>{2, 4});
  REQUIRE(best.log_probs[0] == Approx(std::log(0.5)));
  REQUIRE(std::isinf(best.ends[0]));
}

TEST_CASE("a ranking survives logits that are no numbers", "[decoding]") {
  const auto best = ranked(std::vector<float>(6, NAN), 3, {});
  for (const int32_t token : best.tokens) REQUIRE((token >= 0 && token < 6));
}
