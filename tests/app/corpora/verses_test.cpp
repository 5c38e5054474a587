#include "app/corpora/verses.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("a verse, indented or not, goes on over lines without a reference", "[corpora]") {
  const auto verses = parse_verses(
      {"I Song 1:1: Rise,", "my friend.", "", "  I Song 1:2: Go: now.", "(someModule)"});
  REQUIRE(verses.size() == 2);
  CHECK(verses[0].reference == "I Song 1:1");
  CHECK(verses[0].text == " Rise, my friend. ");
  CHECK(verses[1].text == " Go: now.");
}

TEST_CASE("a line with a time of day is no reference", "[corpora]") {
  const auto verses = parse_verses({"Song 1:1: at", "noon 12:30 we rest"});
  REQUIRE(verses.size() == 1);
  CHECK(verses[0].text == " at noon 12:30 we rest");
}

TEST_CASE("tags are taken out of verses", "[corpora]") {
  CHECK(parse_verses({"Song 1:1: peace <G1515> to you<b/>"})[0].text == " peace  to you");
}

TEST_CASE("verses join on their reference and the chapter is their family", "[corpora]") {
  const auto pairs = join_verses({{"Song 1:1", "one"}, {"Song 1:2", "two"}, {"Song 2:1", "three"}},
                                 {{"Song 2:1", "tres"}, {"Song 1:1", "uno"}});
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].target == "uno");
  CHECK(pairs[0].family == "Song 1");
  CHECK(pairs[1].target == "tres");
  CHECK(pairs[1].family == "Song 2");
}

}  // namespace rondo
