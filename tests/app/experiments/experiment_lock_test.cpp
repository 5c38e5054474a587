#include "app/experiments/experiment_lock.h"

#include "app/errors.h"
#include "app/experiments/child_process.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TEST_CASE("a folder is made, and is one command's at a time", "[experiments]") {
  const TemporaryFolder folder;
  const auto path = folder / "new";
  {
    const ExperimentLock lock(path);
    CHECK_THAT(message_of<DataError>([&] { ExperimentLock again(path); }),
               ContainsSubstring("is at work in this folder"));
  }
  CHECK_NOTHROW(ExperimentLock(path));
}

TEST_CASE("a process that a command started holds its folder", "[experiments]") {
  const TemporaryFolder folder;
  auto lock = std::make_unique<ExperimentLock>(folder.path());
  auto child =
      std::make_unique<ChildProcess>(std::vector<std::string>{"/bin/sh", "-c", "exec sleep 1000"},
                                     ChildSettings{.output = folder / "output"});
  lock.reset();
  CHECK_THROWS_AS(ExperimentLock(folder.path()), DataError);
  child.reset();
  CHECK_NOTHROW(ExperimentLock(folder.path()));
}

}  // namespace
}  // namespace rondo
