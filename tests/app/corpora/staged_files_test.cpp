#include "app/corpora/staged_files.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {

TEST_CASE("staged files change together or not at all", "[corpora]") {
  const TemporaryFolder folder;
  {
    StagedFiles files(folder / "new");
    files.add("a", "one");
    files.add("b", "two");
    files.commit();
  }
  {
    StagedFiles abandoned(folder / "new");
    abandoned.add("a", "other");
  }
  CHECK(read_bytes(folder / "new/a") == "one");
  CHECK(read_bytes(folder / "new/b") == "two");
  using Iterator = std::filesystem::directory_iterator;
  CHECK(std::distance(Iterator(folder / "new"), Iterator()) == 2);
}

TEST_CASE("a folder that is a file is named", "[corpora]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "taken") << "text";
  CHECK_THAT(message_of<DataError>([&] { StagedFiles files(folder / "taken/below"); }),
             ContainsSubstring((folder / "taken/below").string() + ": cannot be made"));
}

}  // namespace rondo
