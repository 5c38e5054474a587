#include "app/decoding/word_weights.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

using Pieces = std::vector<std::string>;
using Weights = std::vector<double>;

// "word:weight word:weight | rest"
std::string shown(const WordWeights& weights) {
  std::string text;
  for (const auto& word : weights.words) {
    text += word.word + ':' + std::to_string(word.weight).substr(0, 4) + ' ';
  }
  return text + "| " + std::to_string(weights.rest).substr(0, 4);
}

}  // namespace

TEST_CASE("a word weighs what its pieces weigh together", "[decoding]") {
  const auto weights =
      add_up_words("an unknown dog.", Pieces{"▁an", "▁un", "known", "▁dog", ".", "</s>"},
                   Weights{0.25, 1, 2, 0.5, 0.125, 4});
  REQUIRE(shown(weights) == "an:0.25 unknown:3.00 dog.:0.62 | 4.00");
}

TEST_CASE("words are shown as they stand in the text", "[decoding]") {
  REQUIRE(shown(add_up_words("  Ω\tCafé ", Pieces{"▁", "<unk>", "▁cafe"}, Weights{1, 1, 1})) ==
          "Ω:2.00 Café:1.00 | 0.00");
}

TEST_CASE("words are spelled by their pieces where the text has another number", "[decoding]") {
  REQUIRE(shown(add_up_words("a\xC2\xA0"
                             "b",
                             Pieces{"▁a", "▁b"}, Weights{1, 2})) == "a:1.00 b:2.00 | 0.00");
}

TEST_CASE("an empty text has no words", "[decoding]") {
  REQUIRE(shown(add_up_words("", Pieces{"</s>"}, Weights{1})) == "| 1.00");
}
