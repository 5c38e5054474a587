#include "app/storage/folder_lock.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TEST_CASE("a folder is locked once, and free again afterwards", "[storage_files]") {
  const TemporaryFolder folder;
  {
    const FolderLock lock(folder.path());
    CHECK_THROWS_AS(FolderLock(folder.path()), ConfigError);
  }
  CHECK_NOTHROW(FolderLock(folder.path()));
  CHECK(folder.files() == 0);
}

TEST_CASE("a folder that is not there needs no lock", "[storage_files]") {
  CHECK_NOTHROW(FolderLock("/nonexistent/run"));
}

}  // namespace
}  // namespace rondo
