#include "app/decoding/words.h"

#include "app/decoding/word_alignment.h"
#include "tests/support/catch.h"

using namespace rondo;

using Pieces = std::vector<std::string>;
using Words = std::vector<int64_t>;

TEST_CASE("words begin at ▁", "[decoding]") {
  REQUIRE(words_of(Pieces{"▁the", "▁un", "known", "▁dog", ".", "</s>"}) ==
          Words{0, 1, 1, 2, 2, -1});
}

TEST_CASE("the first piece begins a word without ▁ too, also behind </s>", "[decoding]") {
  REQUIRE(words_of(Pieces{"犬", "が", "</s>", "猫", "</s>"}) == Words{0, 0, -1, 1, -1});
}

TEST_CASE("▁ alone belongs to the word of the next piece", "[decoding]") {
  REQUIRE(words_of(Pieces{"▁", "a", "b", "▁c"}) == Words{0, 0, 0, 1});
}

TEST_CASE("a target word aligns with the source word its pieces attend to most in all",
          "[decoding]") {
  const Pieces source = {"▁a", "▁b", "c", "</s>"};
  const Pieces target = {"▁x", "▁y", "z", "</s>"};
  const std::vector<std::vector<float>> attention = {
      {0.4f, 0.3f, 0.3f, 0.0f},    // b and c make one word: 0.6 against 0.4
      {0.9f, 0.05f, 0.05f, 0.0f},  // y
      {0.2f, 0.4f, 0.4f, 0.0f},    // z: with y 1.1 against 0.9
      {0.0f, 1.0f, 0.0f, 0.0f}};
  REQUIRE(to_moses(align_words(source, target, attention)) == "1-0 0-1");
}

TEST_CASE("attention to </s> aligns nothing", "[decoding]") {
  REQUIRE(to_moses(align_words(Pieces{"▁a", "▁b", "</s>"}, Pieces{"▁x", "</s>"},
                               {{0.1f, 0.2f, 0.7f}, {0, 0, 1}})) == "1-0");
}

TEST_CASE("words alike in attention align with the first", "[decoding]") {
  REQUIRE(to_moses(align_words(Pieces{"▁a", "▁b"}, Pieces{"▁x"}, {{0.5f, 0.5f}})) == "0-0");
}

TEST_CASE("there is no alignment without attention", "[decoding]") {
  REQUIRE(align_words(Pieces{"▁a", "</s>"}, Pieces{"▁x", "</s>"}, {}).empty());
  REQUIRE(align_words({}, {}, {}).empty());
}
