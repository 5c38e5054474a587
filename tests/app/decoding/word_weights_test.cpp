#include "app/decoding/word_weights.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

using Spans = std::vector<TextSpan>;
using Weights = std::vector<double>;

// "word:weight word:weight | rest"
std::string shown(const std::string& text, const Spans& pieces, const Weights& pieces_weigh) {
  const auto weights = add_up_words(words_of_text(text, pieces), pieces_weigh);
  std::string line;
  for (const auto& word : weights.words) {
    line += word.word + ':' + std::to_string(word.weight).substr(0, 4) + ' ';
  }
  return line + "| " + std::to_string(weights.rest).substr(0, 4);
}

}  // namespace

TEST_CASE("a word weighs what its pieces weigh together", "[decoding]") {
  CHECK(shown("an unknown dog.", {{0, 2}, {2, 5}, {5, 10}, {10, 14}, {14, 15}},
              {0.25, 1, 2, 0.5, 0.125, 4}) == "an:0.25 unknown:3.00 dog.:0.62 | 4.00");
}

TEST_CASE("words are shown as they stand in the text", "[decoding]") {
  CHECK(shown("  \xCE\xA9\tCaf\xC3\xA9 ", {{0, 2}, {2, 4}, {4, 10}}, {1, 1, 1}) ==
        "\xCE\xA9:2.00 Caf\xC3\xA9:1.00 | 0.00");
}

TEST_CASE("words that one piece spans are shown as one", "[decoding]") {
  CHECK(shown("funny zorp blee film", {{0, 5}, {5, 15}, {15, 20}}, {1, 2, 4}) ==
        "funny:1.00 zorp blee:2.00 film:4.00 | 0.00");
}

TEST_CASE("spaces at the end belong to the last word", "[decoding]") {
  CHECK(shown("a  ", {{0, 1}, {1, 3}}, {1, 2}) == "a:3.00 | 0.00");
}

TEST_CASE("a text without words has weights, too", "[decoding]") {
  CHECK(shown("", {}, {1}) == "| 1.00");
  CHECK(shown(" ", {{0, 1}}, {1, 2}) == " :1.00 | 2.00");
}
