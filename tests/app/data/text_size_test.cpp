#include "app/data/text_size.h"

#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {

TEST_CASE("a text is streamed where its files say that it would need too much memory", "[data]") {
  const TemporaryFolder folder;
  DataOptions data;
  data.train = {folder / "x.a", folder / "x.b"};
  data.max_memory = 1;
  CHECK_FALSE(is_streamed(data));  // no files: the error comes when they are opened
  write_bytes(data.train.source, std::string(100'000, 'x'));
  write_bytes(data.train.target, std::string(100'000, 'x'));
  CHECK(loaded_bytes(data.train) == 800'000);
  CHECK_FALSE(is_streamed(data));
  data.extra = {{.files = data.train}};
  CHECK(is_streamed(data));
  data.streaming = Streaming::never;
  CHECK_FALSE(is_streamed(data));
  data.extra.clear();
  data.streaming = Streaming::always;
  CHECK(is_streamed(data));
}

TEST_CASE("a compressed text counts as about three times its size", "[data]") {
  const TemporaryFolder folder;
  write_bytes(folder / "x.a.gz", std::string(1000, 'x'));
  write_bytes(folder / "x.b", std::string(1000, 'x'));
  CHECK(loaded_bytes({folder / "x.a", folder / "x.b"}) == 16'000);
  CHECK(loaded_bytes({folder / "x.a.gz", folder / "x.b"}) == 16'000);
}

}  // namespace rondo
