#include "app/corpora/preparation.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {

TEST_CASE("preparing tells what was read, dropped and kept", "[corpora]") {
  const TemporaryFolder folder;
  SegmentPairs pairs{{"twice", "due volte", "x"}, {"twice", "due volte", "x"}, {"", "nulla", ""}};
  for (int i = 0; i < 40; ++i) {
    const std::string name = std::to_string(i);
    pairs.push_back({"source " + name, "testo " + name, name});
  }
  const std::string table = prepare_corpus(pairs, {.output = {.folder = folder.path()}});
  CHECK(table ==
        "  pairs read           43\n"
        "  empty                -1  a side is empty, a list or preformatted\n"
        "  duplicate            -1  the same pair again\n"
        "  train                33  65 source and 66 target words\n"
        "  dev                   4  8 source and 8 target words\n"
        "  test                  4  8 source and 8 target words\n");
}

TEST_CASE("a corpus too small to split is refused", "[corpora]") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(prepare_corpus({{"a", "b", "a"}}, {.output = {.folder = folder / "none"}}),
                  DataError);
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

}  // namespace rondo
