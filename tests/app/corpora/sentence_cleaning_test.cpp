#include "app/corpora/sentence_cleaning.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("each sentence that is of no use is dropped for its own reason", "[corpora]") {
  SentenceReport report;
  const LabelledSentences kept = clean_sentences(
      {
          {.text = "a good\tone", .label = " positive ", .number = "2", .group = "g"},
          {.text = "A good one!", .label = "positive"},
          {.text = "so\r\nand so", .label = ""},
          {.text = "http://x.y :) @who", .label = "positive"},
          {.text = "sure", .label = "positive"},
          {.text = "RT @who: sure?!", .label = "negative"},
          {.text = "broken \xFF bytes", .label = "negative"},
      },
      report);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].text == "a good one");
  CHECK(kept[0].label == "positive");
  CHECK(kept[0].group == "g");
  CHECK(kept[1].text == "broken \xEF\xBF\xBD bytes");
  CHECK(report.read == 7);
  CHECK(report.undecided == 1);
  CHECK(report.wordless == 1);
  CHECK(report.duplicate == 2);
  CHECK(report.contradicted == 1);
  CHECK(report.kept == 2);
}

}  // namespace rondo
