#include "app/report/word_difference.h"

#include "tests/support/catch.h"

namespace rondo {
namespace {

struct Marked {
  std::string left{}, right{};
};

Marked marked(const std::string& left, const std::string& right) {
  const auto difference = word_difference(left, right);
  return {marked_left(difference), marked_right(difference)};
}

}  // namespace

TEST_CASE("words of one text only are marked with tags and brackets", "[report]") {
  const Marked found = marked("ein Mann mit Hut", "ein Mann in einem Hut");
  CHECK(found.left == "ein Mann <del>[mit]</del> Hut");
  CHECK(found.right == "ein Mann <ins>{in einem}</ins> Hut");
}

TEST_CASE("differences at both ends leave the spaces between the words", "[report]") {
  const Marked found = marked("a b c", "x b y");
  CHECK(found.left == "<del>[a]</del> b <del>[c]</del>");
  CHECK(found.right == "<ins>{x}</ins> b <ins>{y}</ins>");
}

TEST_CASE("equal texts have no mark, and empty ones none at all", "[report]") {
  CHECK(marked("a  b\n", "a b").left == "a b");
  CHECK(marked("", "").right.empty());
  CHECK(marked("", "a").right == "<ins>{a}</ins>");
}

TEST_CASE("words are markup nowhere", "[report]") {
  CHECK(marked("<b> x", "x").left == "<del>[&lt;b&gt;]</del> x");
}

TEST_CASE("East Asian characters are compared one by one", "[report]") {
  const Marked found = marked("犬が走る", "犬は走る");
  CHECK(found.left == "犬<del>[が]</del>走る");
  CHECK(found.right == "犬<ins>{は}</ins>走る");
}

TEST_CASE("a word that moved is shared once", "[report]") {
  const auto difference = word_difference("a b a", "b a");
  CHECK(difference.left == std::vector<WordRun>{{"a", false}, {" b a", true}});
  CHECK(difference.right == std::vector<WordRun>{{"b a", true}});
}

TEST_CASE("texts too long to compare share nothing", "[report]") {
  std::string text;
  for (int i = 0; i < 2001; ++i) text += "a ";
  const auto difference = word_difference(text, text);
  REQUIRE(difference.left.size() == 1);
  CHECK_FALSE(difference.left[0].shared);
}

}  // namespace rondo
