#include "app/storage/append_file.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TEST_CASE("text is added to what the file held, and counted", "[storage_files]") {
  const TemporaryFolder folder;
  AppendFile(folder / "log").write("one\n");
  AppendFile log(folder / "log");
  CHECK(log.size() == 4);
  log.write("two\n");
  log.sync();
  CHECK(log.size() == 8);
  CHECK(read_bytes(folder / "log") == "one\ntwo\n");
}

TEST_CASE("a full disk is told of and leaves whole lines", "[storage_files]") {
  const TemporaryFolder folder;
  AppendFile log(folder / "log");
  log.write("0123456789\n");
  const FullDisk full(15);
  const auto more = [&] { log.write("0123456789\n"); };
  CHECK(message_of<DataError>(more).find((folder / "log").string()) != std::string::npos);
  CHECK(read_bytes(folder / "log") == "0123456789\n");
}

TEST_CASE("a file that cannot be made names its path", "[storage_files]") {
  const auto open = [] { AppendFile("/nonexistent/log"); };
  CHECK(message_of<DataError>(open).find("/nonexistent/log") != std::string::npos);
}

}  // namespace
}  // namespace rondo
