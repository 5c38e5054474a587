#include "app/metrics/ter.h"

#include <random>

#include "app/metrics/edit_distance.h"
#include "app/metrics/shift_search.h"
#include "app/metrics/unicode_text.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

double edits(std::string_view hypothesis, std::string_view reference) {
  return ter_statistics(hypothesis, std::vector<std::string_view>{reference}).edits;
}

SymbolSequence random_words(std::mt19937& random, size_t most) {
  SymbolSequence words(random() % (most + 1));
  for (auto& word : words) word = random() % 6;
  return words;
}

}  // namespace

TEST_CASE("a moved block is one edit, however long", "[metrics]") {
  CHECK(edits("d e f a b c", "a b c d e f") == 1);
  CHECK(edits("a b c", "a b c") == 0);
}

TEST_CASE("substitution, insertion and removal are one edit each", "[metrics]") {
  CHECK(edits("a x c", "a b c") == 1);
  CHECK(edits("a c", "a b c") == 1);
  CHECK(edits("a b y c", "a b c") == 1);
}

TEST_CASE("TER divides by the mean reference length and takes the nearest reference", "[metrics]") {
  const auto ter = ter_statistics("a b c d", std::vector<std::string_view>{"a b c d e", "x y z"});
  CHECK(ter.edits == 1);
  CHECK(ter.reference_length == 4);
  CHECK(ter_score(ter).score == Approx(25));
}

TEST_CASE("an empty reference costs every word, and counts as 100", "[metrics]") {
  CHECK(edits("a b c", "") == 3);
  CHECK(ter_score({3, 0}).score == 100);
  CHECK(ter_score({0, 0}).score == 0);
}

TEST_CASE("the edits found lead from the hypothesis to the reference", "[metrics]") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    const auto hypothesis = random_words(random, 12), reference = random_words(random, 12);
    BandedEditDistance distance(reference);
    const int64_t cost = distance.measure(hypothesis);
    SymbolSequence made;
    size_t taken = 0;
    int64_t paid = 0;
    for (Edit edit : distance.edits()) {
      if (edit == Edit::keep) made.push_back(hypothesis[taken]);
      if (edit == Edit::substitute || edit == Edit::insert) made.push_back(reference[made.size()]);
      if (edit != Edit::insert) ++taken;
      paid += edit != Edit::keep;
    }
    CHECK(made == reference);
    CHECK(taken == hypothesis.size());
    CHECK(paid == cost);
  }
}

TEST_CASE("measuring only the rows behind a change gives the whole distance", "[metrics]") {
  std::mt19937 random(6);
  for (int round = 0; round < 100; ++round) {
    const auto reference = random_words(random, 40);
    auto words = random_words(random, 40);
    const size_t unchanged = words.size() / 3;
    BandedEditDistance distance(reference), afresh(reference);
    distance.measure(words);
    std::shuffle(words.begin() + static_cast<int64_t>(unchanged), words.end(), random);
    CHECK(distance.measure_reordered(words, unchanged) == afresh.measure(words));
  }
}

TEST_CASE("shifts never cost more than plain edits, at any length ratio", "[metrics]") {
  std::mt19937 random(8);
  for (const auto& [most, of] : {std::pair{3, 200}, {200, 3}, {60, 90}, {20, 20}}) {
    const auto hypothesis = random_words(random, most), reference = random_words(random, of);
    BandedEditDistance distance(reference);
    const int64_t plain = distance.measure(hypothesis);
    CHECK(edits_with_shifts(hypothesis, reference) <= plain);
  }
}

TEST_CASE("normalisation follows the options", "[metrics]") {
  const auto normalized = [](std::u32string_view line, const TerOptions& options) {
    std::string joined;
    const std::u32string text = normalize_tercom(line, options);
    for (auto word : split_words(text)) joined += encode_utf8(word) + "|";
    return joined;
  };
  CHECK(normalized(U"A, b.", {}) == "a,|b.|");
  CHECK(normalized(U"A, b.", {.case_sensitive = true}) == "A,|b.|");
  CHECK(normalized(U"Ann's 1,5 &amp; b.", {.normalized = true}) == "ann|'s|1,5|&|b|.|");
  CHECK(normalized(U"Oh, (no)!", {.no_punct = true}) == "oh|no|");
  CHECK(normalized(U"\u732b\u3068\u72ac\u3002", {.normalized = true, .asian_support = true}) ==
        "\u732b|\u3068|\u72ac|\u3002|");
}
