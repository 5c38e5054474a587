#include "app/metrics/bleu.h"

#include <cmath>

#include "app/errors.h"
#include "tests/support/catch.h"

using namespace rondo;
using Catch::Matchers::Contains;

namespace {

using Lines = std::vector<std::string>;

double bleu(const Lines& hypotheses, const Lines& references, const BleuOptions& options = {}) {
  return corpus_bleu(hypotheses, references, options).score;
}

}  // namespace

TEST_CASE("BLEU of a text with itself is 100", "[metrics]") {
  const Lines text{"a b c d e", "f g h i"};
  CHECK(bleu(text, text) == Approx(100));
}

TEST_CASE("BLEU of a small text worked by hand", "[metrics]") {
  // 1-grams 5/6, 2-grams 3/5, 3-grams 2/4, 4-grams 1/3; no brevity penalty.
  const double expected = 100 * std::pow(5.0 / 6 * 3 / 5 * 2 / 4 * 1 / 3, 0.25);
  CHECK(bleu({"a b c d x e"}, {"a b c d e"}) == Approx(expected));
}

TEST_CASE("a short translation pays exp(1 - reference / hypothesis)", "[metrics]") {
  CHECK(bleu({"a b c d"}, {"a b c d e f"}) == Approx(100 * std::exp(1 - 6.0 / 4)));
}

TEST_CASE("an n-gram counts no more often than some reference has it", "[metrics]") {
  const std::vector<std::string_view> references{"the cat", "the the dog"};
  const auto statistics = bleu_statistics("the the the the", references);
  CHECK(statistics.matches[0] == 2);
  CHECK(statistics.ngrams[0] == 4);
}

TEST_CASE("of two references equally close in length the shorter one counts", "[metrics]") {
  const std::vector<std::string_view> references{"a b c d e", "a b c"};
  CHECK(bleu_statistics("a b c d", references).reference_length == 3);
}

TEST_CASE("BLEU statistics add up to the corpus's", "[metrics]") {
  const Lines hypotheses{"a b c d", "e f g h x"}, references{"a b c d e", "e f g h"};
  BleuStatistics sum;
  for (size_t i = 0; i < hypotheses.size(); ++i) {
    sum += bleu_statistics(hypotheses[i], std::vector<std::string_view>{references[i]});
  }
  CHECK(bleu_score(sum).score == bleu(hypotheses, references));
}

TEST_CASE("a one-word sentence scores 100 against itself, with effective order alone",
          "[metrics]") {
  const std::vector<std::string_view> references{"yes"};
  CHECK(sentence_bleu("yes", references).score == Approx(100));
  CHECK(bleu({"yes"}, {"yes"}) == 0);
}

TEST_CASE("unequal line counts are refused with both counts", "[metrics]") {
  CHECK_THROWS_WITH(bleu({"a", "b"}, {"a"}), Contains("2 lines") && Contains("has 1"));
  CHECK_THROWS_AS(corpus_bleu(Lines{"a"}, std::vector<Lines>{}), DataError);
}

TEST_CASE("no lines at all score 0", "[metrics]") { CHECK(bleu({}, {}) == 0); }

TEST_CASE("an unknown smoothing is refused with the names there are", "[metrics]") {
  CHECK_THROWS_WITH(smoothing_by_name("exq"), Contains("exq") && Contains("exp, floor, add-k"));
}
