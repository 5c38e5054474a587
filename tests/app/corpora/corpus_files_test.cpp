#include "app/corpora/corpus_files.h"

#include <unistd.h>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

const Partition kParts{
    .train = {{"a", "b", ""}, {"c", "d", ""}}, .dev = {{"e", "f", ""}}, .test = {{"g", "h", ""}}};

}  // namespace

TEST_CASE("a corpus is six files of lines", "[corpora]") {
  const TemporaryFolder folder;
  write_corpus(kParts, {.folder = folder / "new", .src_lang = "en", .trg_lang = "it"});
  CHECK(read_bytes(folder / "new/train.en") == "a\nc\n");
  CHECK(read_bytes(folder / "new/train.it") == "b\nd\n");
  CHECK(read_bytes(folder / "new/dev.it") == "f\n");
  CHECK(read_bytes(folder / "new/test.en") == "g\n");
}

TEST_CASE("a corpus that cannot be written leaves nothing behind", "[corpora]") {
  const TemporaryFolder folder;
  write_corpus(kParts, {.folder = folder.path(), .src_lang = "en", .trg_lang = "it"});
  const std::string in_the_way = "test.it.tmp" + std::to_string(getpid());
  std::filesystem::create_directories(folder / in_the_way / "x");
  const Partition other{.train = {{"new", "nuovo", ""}}, .dev = {}, .test = {}};
  CHECK_THROWS_AS(
      write_corpus(other, {.folder = folder.path(), .src_lang = "en", .trg_lang = "it"}),
      DataError);
  CHECK(read_bytes(folder / "train.en") == "a\nc\n");
  CHECK(folder.files() == 7);
}

}  // namespace rondo
