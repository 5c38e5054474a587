#include "app/decoding/ngram_blocker.h"

#include <set>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

using TokenSet = std::set<int32_t>;

TokenSet banned_in(const NgramBlocker& blocker, size_t row) {
  const auto rows = blocker.banned();
  if (rows.empty()) return {};
  return {rows.at(row).begin(), rows.at(row).end()};
}

// The tokens banned in a row after it has put out the given ones, one row at a time.
TokenSet banned(int64_t size, const std::vector<int32_t>& tokens) {
  NgramBlocker blocker(size);
  const std::vector<int64_t> parent{0};
  for (const int32_t token : tokens) blocker.advance(parent, std::vector{token});
  return banned_in(blocker, 0);
}

}  // namespace

TEST_CASE("an n-gram blocker of size 0 bans nothing", "[decoding]") {
  REQUIRE(banned(0, {5, 5, 5}).empty());
}

TEST_CASE("size 1 bans every token used", "[decoding]") {
  REQUIRE(banned(1, {5, 7}) == TokenSet{5, 7});
}

TEST_CASE("size 2 bans what followed the last token before", "[decoding]") {
  REQUIRE(banned(2, {5, 7, 5, 8, 5}) == TokenSet{7, 8});
  REQUIRE(banned(2, {5}).empty());
  REQUIRE(banned(2, {5, 7}).empty());
}

TEST_CASE("size 3 bans the end of a trigram begun again", "[decoding]") {
  REQUIRE(banned(3, {5, 7, 9, 5, 7}) == TokenSet{9});
  REQUIRE(banned(3, {5, 7, 9, 7, 5}).empty());
}

TEST_CASE("the n-gram blocker follows hypotheses as they branch", "[decoding]") {
  NgramBlocker blocker(1);
  blocker.advance(std::vector<int64_t>{0, 1}, std::vector<int32_t>{4, 5});
  blocker.advance(std::vector<int64_t>{1, 1, 0}, std::vector<int32_t>{6, 7, 8});
  REQUIRE(banned_in(blocker, 0) == TokenSet{5, 6});
  REQUIRE(banned_in(blocker, 1) == TokenSet{5, 7});
  REQUIRE(banned_in(blocker, 2) == TokenSet{4, 8});
}
