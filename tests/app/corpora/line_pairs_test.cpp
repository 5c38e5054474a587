#include "app/corpora/line_pairs.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string refusal(const std::filesystem::path& source, const std::filesystem::path& target) {
  try {
    read_line_pairs(source, target);
  } catch (const DataError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("texts of unequal length are refused with both counts", "[corpora]") {
  const TemporaryFolder folder;
  write(folder / "a.en", "one\ntwo\nthree\n");
  write(folder / "a.it", "uno\r\ndue");
  CHECK(refusal(folder / "a.en", folder / "a.it") ==
        (folder / "a.en").string() + " has 3 lines and " + (folder / "a.it").string() +
            " has 2: " + (folder / "a.it").string() +
            " ends before line 3; line N of one must translate line N of the other");
  CHECK(refusal(folder / "none", folder / "a.it").starts_with((folder / "none").string()));
}

TEST_CASE("line ends and a byte-order mark are no part of the text", "[corpora]") {
  const TemporaryFolder folder;
  write(folder / "a.en", "\xEF\xBB\xBFone\r\ntwo");
  write(folder / "a.it", "uno\ndue\n");
  const SegmentPairs pairs = read_line_pairs(folder / "a.en", folder / "a.it");
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].source == "one");
  CHECK(pairs[1].source == "two");
}

}  // namespace rondo
