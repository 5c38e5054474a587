#include "app/report/tensorboard_writer.h"

#include <cstdlib>

#include "app/errors.h"
#include "app/report/event_record.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

std::string only_file_in(const std::filesystem::path& folder) {
  REQUIRE(std::distance(std::filesystem::directory_iterator(folder), {}) == 1);
  return read_bytes(std::filesystem::directory_iterator(folder)->path());
}

TEST_CASE("events are on disk as soon as they are added", "[report]") {
  const TemporaryFolder folder;
  TensorboardWriter writer(folder / "run" / "tensorboard");
  const std::size_t version = tf_record(version_event(0)).size();
  CHECK(only_file_in(folder / "run" / "tensorboard").size() == version);
  writer.add_scalar("valid/bleu", 7, 20.5);
  writer.add_text("sample", 7, "text");
  CHECK(only_file_in(folder / "run" / "tensorboard").size() ==
        version + tf_record(scalar_event(0, 7, "valid/bleu", 20.5F)).size() +
            tf_record(text_event(0, 7, "sample", "text")).size());
}

TEST_CASE("a folder that cannot be made is named", "[report]") {
  CHECK_THROWS_AS(TensorboardWriter("/dev/null/tensorboard"), DataError);
}

}  // namespace
}  // namespace rondo
