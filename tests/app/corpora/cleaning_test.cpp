#include "app/corpora/cleaning.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("each bad pair is dropped for its own reason", "[corpora]") {
  CleaningReport report;
  const auto kept = clean_pairs(
      {
          {"a  good pair", " una buona coppia", "f"},
          {"a good pair", "una buona coppia", "g"},
          {"broken \xFF", "rotto", "f"},
          {"", "vuoto", "f"},
          {"left as it was", "left as it was", "f"},
          {"GNU Emacs", "GNU Emacs", "f"},
          {"one two three four five six", "uno due tre quattro cinque sei", "f"},
          {"short", "un due tre quattro cinque sei sette otto nove dieci undici", "f"},
      },
      {.max_words = 5, .max_length_ratio = 3}, report);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].source == "a good pair");
  CHECK(kept[0].target == "una buona coppia");
  CHECK(kept[0].family == "f");
  CHECK(kept[1].source == "GNU Emacs");
  CHECK(report.read == 8);
  CHECK(report.duplicate == 1);
  CHECK(report.invalid == 1);
  CHECK(report.empty == 1);
  CHECK(report.untranslated == 1);
  CHECK(report.too_long == 2);
  CHECK(report.kept == 2);
}

TEST_CASE("lengths too different for a translation are dropped, short words forgiven",
          "[corpora]") {
  CleaningReport report;
  const auto kept = clean_pairs(
      {{"OK", "va tutto bene", "f"}, {"OK", "va tutto molto bene e non manca più niente", "f"}},
      {.max_length_ratio = 2}, report);
  CHECK(kept.size() == 1);
  CHECK(report.unequal == 1);
}

TEST_CASE("limits of zero are off", "[corpora]") {
  CleaningReport report;
  const CleaningOptions off{.max_words = 0, .max_length_ratio = 0, .max_copied_words = -1};
  const std::string text(500, 'x');
  std::string words;
  for (int i = 0; i < 500; ++i) words += "w ";
  CHECK(clean_pairs({{words, "w", "f"}, {words, words, "f"}}, off, report).size() == 2);
}

}  // namespace rondo
