#include "app/corpora/translation_memory.h"

#include <random>

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("edit distance of sequences worked by hand", "[corpora]") {
  CHECK(edit_distance({}, {1, 2}) == 2);
  CHECK(edit_distance({1, 2, 3}, {1, 2, 3}) == 0);
  CHECK(edit_distance({1, 2, 3, 4}, {1, 3, 4}) == 1);
  CHECK(edit_distance({1, 2, 3}, {2, 3, 1}) == 2);
  CHECK(edit_distance({1, 2}, {3, 4}) == 2);
}

TEST_CASE("the memory finds the most similar segment and scores it", "[corpora]") {
  const TranslationMemory memory({{"manual of the mill", "manuale del mulino", ""},
                                  {"manual of the oven", "manuale del forno", ""},
                                  {"a game", "un gioco", ""}});
  const MemoryMatch match = memory.find("Manual of the ovens");
  CHECK(match.score == Approx(0.75));
  const MemoryMatch exact = memory.find("manual of the OVEN");
  CHECK(memory.pair(exact.segment).target == "manuale del forno");
  CHECK(exact.score == 1);
}

TEST_CASE("of equal matches the one that shares the rarer word wins", "[corpora]") {
  const TranslationMemory memory(
      {{"the cat", "1", ""}, {"the dog", "2", ""}, {"zebra now", "3", ""}});
  CHECK(memory.find("the zebra").segment == 0);  // "zebra now" shares no word in its place
  CHECK(memory.find("zebra the").segment == 2);
}

TEST_CASE("a segment that shares no word has no match", "[corpora]") {
  const TranslationMemory memory({{"a game", "un gioco", ""}});
  CHECK(memory.find("unheard words").segment == -1);
  CHECK(memory.find("").segment == -1);
  CHECK(TranslationMemory({}).find("a game").segment == -1);
}

TEST_CASE("the memory's best equals comparing with every segment", "[corpora]") {
  std::mt19937 random(7);
  const auto sentence = [&] {
    std::string words;
    for (unsigned i = 0, length = 1 + random() % 8; i < length; ++i) {
      words += "w" + std::to_string(random() % 12) + ' ';
    }
    return words;
  };
  SegmentPairs pairs;
  for (int i = 0; i < 200; ++i) pairs.push_back({sentence(), "", ""});
  const TranslationMemory memory(pairs);
  for (int i = 0; i < 50; ++i) {
    const std::string query = sentence();
    double best = 0;
    for (const SegmentPair& pair : pairs) {
      best = std::max(best, TranslationMemory({pair}).find(query).score);
    }
    CHECK(memory.find(query).score == Approx(best));
  }
}

}  // namespace rondo
