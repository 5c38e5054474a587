#include "app/decoding/ngram_blocker.h"

#include <cmath>
#include <set>

#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

// The tokens banned in a row after it has put out the given ones, one row at a time.
std::set<int64_t> banned(int64_t size, const std::vector<int64_t>& tokens) {
  NgramBlocker blocker(size);
  for (const int64_t token : tokens) blocker.advance({}, torch::tensor({token}));
  auto logits = torch::zeros({1, 10});
  blocker.ban(logits);
  std::set<int64_t> found;
  for (int64_t id = 1; id < 10; ++id) {  // <pad> is nobody's business here
    if (std::isinf(logits[0][id].item<float>())) found.insert(id);
  }
  return found;
}

using Ids = std::set<int64_t>;

}  // namespace

TEST_CASE("an n-gram blocker of size 0 bans nothing", "[decoding]") {
  REQUIRE(banned(0, {5, 5, 5}).empty());
}

TEST_CASE("size 1 bans every token used", "[decoding]") { REQUIRE(banned(1, {5, 7}) == Ids{5, 7}); }

TEST_CASE("size 2 bans what followed the last token before", "[decoding]") {
  REQUIRE(banned(2, {5, 7, 5, 8, 5}) == Ids{7, 8});
  REQUIRE(banned(2, {5}).empty());
  REQUIRE(banned(2, {5, 7}).empty());
}

TEST_CASE("size 3 bans the end of a trigram begun again", "[decoding]") {
  REQUIRE(banned(3, {5, 7, 9, 5, 7}) == Ids{9});
  REQUIRE(banned(3, {5, 7, 9, 7, 5}).empty());
}

TEST_CASE("the n-gram blocker follows hypotheses as they branch", "[decoding]") {
  NgramBlocker blocker(1);
  blocker.advance({}, torch::tensor({4L, 5L}));
  blocker.advance(torch::tensor({1L, 1L, 0L}), torch::tensor({6L, 7L, 8L}));
  auto logits = torch::zeros({3, 10});
  blocker.ban(logits);
  const auto open = logits.isfinite();
  REQUIRE_FALSE(open[0][5].item<bool>());
  REQUIRE_FALSE(open[0][6].item<bool>());
  REQUIRE(open[0][4].item<bool>());
  REQUIRE_FALSE(open[2][4].item<bool>());
  REQUIRE_FALSE(open[2][8].item<bool>());
  REQUIRE(open[2][5].item<bool>());
}
