#include "app/decoding/attention_map.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

Translation small_translation() {
  return {.text = "ein Hund",
          .log_prob = -2,
          .source_pieces = {"▁a", "▁do", "g", "</s>"},
          .target_pieces = {"▁ein", "▁Hu", "nd", "</s>"},
          .token_log_probs = {-0.5f, -0.25f, -0.25f, -1},
          .attention = {{1, 0, 0, 0}, {0, 0.5f, 0.5f, 0}, {0, 0.5f, 0, 0.5f}, {0, 0, 0, 1}}};
}

}  // namespace

TEST_CASE("a word reads what its pieces read in the mean, a read word the sum", "[decoding]") {
  const Translation words = in_words(small_translation());
  CHECK(words.source_pieces == std::vector<std::string>{"a", "dog", "</s>"});
  CHECK(words.target_pieces == std::vector<std::string>{"ein", "Hund", "</s>"});
  CHECK(words.attention ==
        std::vector<std::vector<float>>{{1, 0, 0}, {0, 0.75f, 0.25f}, {0, 0, 1}});
  CHECK(words.token_log_probs == std::vector<float>{-0.5f, -0.5f, -1});
  CHECK(words.log_prob == -2);
}

TEST_CASE("a space sign of its own belongs to the word behind it", "[decoding]") {
  Translation translation = small_translation();
  translation.source_pieces = {"▁", "a", "▁b", "</s>"};
  CHECK(in_words(translation).source_pieces == std::vector<std::string>{"a", "b", "</s>"});
}

TEST_CASE("words of a translation without attention have none", "[decoding]") {
  Translation translation = small_translation();
  translation.attention.clear();
  CHECK(in_words(translation).attention.empty());
  CHECK(in_words(Translation{}).target_pieces.empty());
}

TEST_CASE("the map has a row a written piece and shades from 0 to 1", "[decoding]") {
  const HeatMap map = attention_map(small_translation(), "title");
  CHECK(map.rows == small_translation().target_pieces);
  CHECK(map.columns == small_translation().source_pieces);
  CHECK(map.full == 1);
  CHECK(map.title == "title");
}
