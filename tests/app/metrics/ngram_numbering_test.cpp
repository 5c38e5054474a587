#include "app/metrics/ngram_numbering.h"

#include "tests/support/catch.h"

using namespace rondo;

TEST_CASE("equal words get equal numbers across sentences", "[metrics]") {
  const std::vector<std::vector<std::u32string_view>> sentences{{U"b", U"a", U"b"}, {U"a", U"c"}};
  const auto numbers = number_words(sentences);
  CHECK(numbers[0][0] == numbers[0][2]);
  CHECK(numbers[0][1] == numbers[1][0]);
  CHECK(numbers[1][1] != numbers[0][0]);
}

TEST_CASE("n-grams match when all their symbols do, in order", "[metrics]") {
  NgramNumbering numbering({{1, 2, 3, 1, 2}, {2, 3, 1, 9}});
  const auto matches = [&] { return clipped_matches(numbering.counts(0), numbering.counts(1)); };
  CHECK(matches() == 3);
  numbering.lengthen();  // 12 23 31 12; 23 31 19
  CHECK(matches() == 2);
  CHECK(numbering.total(0) == 4);
  numbering.lengthen();  // 123 231 312; 231 319
  CHECK(matches() == 1);
}

TEST_CASE("sequences shorter than the n-gram have none", "[metrics]") {
  NgramNumbering numbering({{7}, {}});
  numbering.lengthen();
  numbering.lengthen();
  CHECK(numbering.total(0) == 0);
  CHECK(clipped_matches(numbering.counts(0), numbering.counts(1)) == 0);
}
