#include "app/metrics/chrf.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("chrF of a text with itself is 100", "[metrics]") {
  const Lines text{"abc def", "ghi"};
  CHECK(corpus_chrf(text, text).score == Approx(100));
}

TEST_CASE("chrF of a small text worked by hand", "[metrics]") {
  // Characters 3/4 and 3/3; pairs 1/3 and 1/2; order 2, beta 1.
  const double precision = (3.0 / 4 + 1.0 / 3) / 2, recall = (1 + 1.0 / 2) / 2;
  const ChrfOptions options{.char_order = 2, .beta = 1};
  CHECK(corpus_chrf(Lines{"abxc"}, Lines{"abc"}, options).score ==
        Approx(200 * precision * recall / (precision + recall)));
}

TEST_CASE("chrF does not see spaces unless asked to", "[metrics]") {
  const Lines joined{"abcdef"}, spaced{"ab cd\u3000ef"};
  CHECK(corpus_chrf(joined, spaced).score == Approx(100));
  CHECK(corpus_chrf(joined, spaced, {.whitespace = true}).score < 100);
}

TEST_CASE("chrF takes the reference with the best score", "[metrics]") {
  const std::vector<Lines> references{{"nothing alike"}, {"the same"}, {"the sane"}};
  CHECK(corpus_chrf(Lines{"the same"}, references).score == Approx(100));
}

TEST_CASE("chrF++ takes one mark off each word, the last before the first", "[metrics]") {
  const auto counts =
      chrf_statistics("(hi)", std::vector<std::string_view>{"(hi )"}, kChrfPlusPlus);
  REQUIRE(counts.size() == 8);
  CHECK(counts[6].hypothesis == 2);  // "(hi" and ")"
  CHECK(counts[6].reference == 3);   // "(", "hi" and ")"
  CHECK(counts[6].matches == 1);
}

TEST_CASE("characters are code points, not bytes", "[metrics]") {
  const auto counts = chrf_statistics("äöü", std::vector<std::string_view>{"äö"});
  CHECK(counts[0].hypothesis == 3);
  CHECK(counts[0].reference == 2);
}
