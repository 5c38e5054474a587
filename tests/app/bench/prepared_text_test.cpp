#include "app/bench/prepared_text.h"

#include <algorithm>

#include "app/data/line_reader.h"
#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// A folder with train, val and test in two languages.
void fill(const TemporaryFolder& folder) {
  for (const char* part : {"train", "val", "test_2016_flickr"}) {
    generate_text({.lines = 200, .words = 300}, folder / part, "en", "de");
  }
}

TEST_CASE("made-up text is the same each time, line for line as long, in words of two tongues",
          "[bench]") {
  const TemporaryFolder folder;
  generate_text({.lines = 50}, folder / "a", "x", "y");
  generate_text({.lines = 50}, folder / "b", "x", "y");
  CHECK(read_bytes(folder / "a.x") == read_bytes(folder / "b.x"));
  const auto source = read_lines((folder / "a.x").string());
  const auto target = read_lines((folder / "a.y").string());
  REQUIRE(source.size() == 50);
  REQUIRE(target.size() == 50);
  for (size_t i = 0; i < source.size(); ++i) {
    CHECK(std::count(source[i].begin(), source[i].end(), ' ') ==
          std::count(target[i].begin(), target[i].end(), ' '));
  }
  CHECK(source != target);
}

TEST_CASE("a folder's parts and languages are found, English first", "[bench]") {
  const TemporaryFolder folder;
  fill(folder);
  const BenchText text = text_in_folder(folder.path());
  CHECK(text.source == "en");
  CHECK(text.target == "de");
  CHECK(text.dev == folder / "val");
  CHECK(text.test == folder / "test_2016_flickr");
  std::ofstream(folder / "train.fr") << "a\n";
  CHECK_THROWS_AS(text_in_folder(folder.path()), DataError);
  CHECK_THROWS_AS(text_in_folder(folder / "none"), DataError);
}

TEST_CASE("prepared text has pieces for each line, and a vocabulary without special tokens",
          "[bench]") {
  const TemporaryFolder folder;
  fill(folder);
  const auto out = folder / "out";
  prepare_text(text_in_folder(folder.path()), 150, out);
  CHECK(read_bytes(out / "train.src") == read_bytes(folder / "train.en"));
  CHECK(read_lines((out / "test.trg.pieces").string()).size() == 200);
  const auto vocabulary = read_lines((out / "joint.vocab").string());
  CHECK(vocabulary.size() == 146);
  CHECK(std::ranges::find(vocabulary, "<s>") == vocabulary.end());
}

}  // namespace
}  // namespace rondo
