#include "app/corpora/sentence_preparation.h"

#include <algorithm>
#include <sstream>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// Sentences of one word each, so that none is a near copy; every other one is positive.
LabelledSentences made_up_sentences() {
  LabelledSentences sentences;
  for (char first = 'a'; first <= 'z'; ++first) {
    for (char second = 'a'; second <= 'f'; ++second) {
      const bool positive = sentences.size() % 2 == 0;
      sentences.push_back({.text = {first, second},
                           .label = positive ? "positive" : "negative",
                           .number = positive ? "2.5" : "-1"});
    }
  }
  return sentences;
}

int64_t lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

TEST_CASE("prepared sentences are three files with a header and a third column", "[corpora]") {
  const TemporaryFolder folder;
  const std::filesystem::path place = folder / "new";
  prepare_sentences(made_up_sentences(), {.folder = place, .number_column = "rating"});
  int64_t sentences = 0;
  for (const char* part : {"train.tsv", "dev.tsv", "test.tsv"}) {
    const std::string text = read_bytes(place / part);
    CHECK(text.starts_with("text\tlabel\trating\n"));
    sentences += lines(text) - 1;
  }
  CHECK(sentences == 156);
  CHECK_THAT(read_bytes(place / "train.tsv"), ContainsSubstring("\tpositive\t2.5\n"));
}

TEST_CASE("without a third column the files have two", "[corpora]") {
  const TemporaryFolder folder;
  prepare_sentences(made_up_sentences(), {.folder = folder.path()});
  CHECK(read_bytes(folder / "dev.tsv").starts_with("text\tlabel\n"));
  CHECK_THAT(read_bytes(folder / "train.tsv"), ContainsSubstring("\tnegative\n"));
}

TEST_CASE("preparing sentences tells what was read, dropped and kept", "[corpora]") {
  const TemporaryFolder folder;
  LabelledSentences sentences = made_up_sentences();
  sentences.push_back({.text = "AA!", .label = "positive"});
  sentences.push_back({.text = "between", .label = ""});
  const std::string table = prepare_sentences(sentences, {.folder = folder.path()});
  std::istringstream rows(table);
  std::string row;
  std::getline(rows, row);
  CHECK(row == "  sentences read      158");
  std::getline(rows, row);
  CHECK(row == "  undecided            -1  no label, or too near to the middle");
  std::getline(rows, row);
  CHECK(row == "  duplicate            -1  the same words again");
  std::getline(rows, row);
  CHECK(row.starts_with("  train"));
  CHECK_THAT(row, ContainsSubstring("  negative "));
}

TEST_CASE("too few sentences to split are refused and nothing is written", "[corpora]") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(
      prepare_sentences({{.text = "one", .label = "positive"}}, {.folder = folder / "none"}),
      DataError);
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

}  // namespace rondo
