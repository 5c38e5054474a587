#include "app/corpora/corpus_files.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/corpora/line_pairs.h"
#include "app/corpora/preparation.h"
#include "app/errors.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// A folder of its own for a test, removed with all in it.
class Folder {
 public:
  Folder() { fs::create_directories(path_); }
  ~Folder() { fs::remove_all(path_); }
  fs::path operator/(const char* name) const { return path_ / name; }
  const fs::path& path() const { return path_; }
  size_t files() const {
    return size_t(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_ = fs::temp_directory_path() / ("rondo_corpora_" + std::to_string(getpid()));
};

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string refusal(const fs::path& source, const fs::path& target) {
  try {
    read_line_pairs(source, target);
  } catch (const DataError& error) {
    return error.what();
  }
  return "accepted";
}

const Partition kParts{
    .train = {{"a", "b", ""}, {"c", "d", ""}}, .dev = {{"e", "f", ""}}, .test = {{"g", "h", ""}}};

}  // namespace

TEST_CASE("a corpus is six files of lines", "[corpora]") {
  const Folder folder;
  write_corpus(kParts, {.folder = folder / "new", .src_lang = "en", .trg_lang = "it"});
  CHECK(contents(folder / "new/train.en") == "a\nc\n");
  CHECK(contents(folder / "new/train.it") == "b\nd\n");
  CHECK(contents(folder / "new/dev.it") == "f\n");
  CHECK(contents(folder / "new/test.en") == "g\n");
}

TEST_CASE("a corpus that cannot be written leaves nothing behind", "[corpora]") {
  const Folder folder;
  write(folder / "train.en", "before\n");
  fs::create_directories(folder / ("test.it.tmp" + std::to_string(getpid())).c_str());
  write(folder / ("test.it.tmp" + std::to_string(getpid()) + "/x").c_str(), "in the way");
  CHECK_THROWS_AS(
      write_corpus(kParts, {.folder = folder.path(), .src_lang = "en", .trg_lang = "it"}),
      DataError);
  CHECK(contents(folder / "train.en") == "before\n");
  CHECK(folder.files() == 2);
}

TEST_CASE("texts of unequal length are refused with both counts", "[corpora]") {
  const Folder folder;
  write(folder / "a.en", "one\ntwo\nthree\n");
  write(folder / "a.it", "uno\r\ndue");
  CHECK(refusal(folder / "a.en", folder / "a.it") ==
        (folder / "a.en").string() + " has 3 lines and " + (folder / "a.it").string() +
            " has 2: " + (folder / "a.it").string() +
            " ends before line 3; line N of one must translate line N of the other");
  CHECK(refusal(folder / "none", folder / "a.it").starts_with((folder / "none").string()));
}

TEST_CASE("line ends and a byte-order mark are no part of the text", "[corpora]") {
  const Folder folder;
  write(folder / "a.en", "\xEF\xBB\xBFone\r\ntwo");
  write(folder / "a.it", "uno\ndue\n");
  const SegmentPairs pairs = read_line_pairs(folder / "a.en", folder / "a.it");
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].source == "one");
  CHECK(pairs[1].source == "two");
}

TEST_CASE("preparing tells what was read, dropped and kept", "[corpora]") {
  const Folder folder;
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
  const Folder folder;
  CHECK_THROWS_AS(prepare_corpus({{"a", "b", "a"}}, {.output = {.folder = folder / "none"}}),
                  DataError);
  CHECK_FALSE(fs::exists(folder / "none"));
}

}  // namespace rondo
