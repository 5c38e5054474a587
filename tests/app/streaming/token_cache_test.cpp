#include "app/streaming/token_cache.h"

#include "app/errors.h"
#include "app/streaming/token_coding.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

constexpr CacheIdentity kThree{.hash = 0x1234, .chunks = 3};

void write_three(const std::filesystem::path& path) {
  TokenCacheWriter writer(path, kThree);
  writer.add(2, "the third");
  writer.add(0, "the first");
  writer.add(0, "again");
  CHECK_FALSE(writer.complete());
  writer.add(1, "");
  CHECK(writer.complete());
  writer.commit();
}

std::string refusal(const std::filesystem::path& path, const CacheIdentity& identity = kThree) {
  return message_of<DataError>([&] { TokenCache(path, identity); });
}

}  // namespace

TEST_CASE("chunks written in any order are read in any order", "[streaming]") {
  const TemporaryFolder folder;
  write_three(folder / "x");
  const TokenCache cache(folder / "x", kThree);
  CHECK(cache.chunk(0) == "the first");
  CHECK(cache.chunk(2) == "the third");
  CHECK(cache.chunk(1).empty());
  CHECK(cache.bytes() == std::filesystem::file_size(folder / "x"));
  CHECK(folder.files() == 1);
}

TEST_CASE("a cache that is not complete is never in its place", "[streaming]") {
  const TemporaryFolder folder;
  {
    TokenCacheWriter writer(folder / "x", kThree);
    writer.add(0, "the first");
    CHECK_FALSE(std::filesystem::exists(folder / "x"));
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("a cache cut anywhere is refused", "[streaming]") {
  const TemporaryFolder folder;
  write_three(folder / "x");
  const std::string whole = read_bytes(folder / "x");
  for (size_t size = 0; size < whole.size(); ++size) {
    write_bytes(folder / "x", whole.substr(0, size));
    CHECK_THAT(refusal(folder / "x"), ContainsSubstring("broken or cut short"));
  }
  write_bytes(folder / "x", whole);
  CHECK(refusal(folder / "x").empty());
}

TEST_CASE("a cache with any byte changed is refused, then or when the chunk is read",
          "[streaming]") {
  const TemporaryFolder folder;
  write_three(folder / "x");
  const std::string whole = read_bytes(folder / "x");
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    write_bytes(folder / "x", changed);
    const std::string error = message_of<DataError>([&] {
      const TokenCache cache(folder / "x", kThree);
      for (int64_t chunk = 0; chunk < 3; ++chunk) cache.chunk(chunk);
    });
    CAPTURE(i);
    CHECK_FALSE(error.empty());
  }
}

TEST_CASE("a cache of another text or cut is refused", "[streaming]") {
  const TemporaryFolder folder;
  write_three(folder / "x");
  CHECK_THAT(refusal(folder / "x", {.hash = 0x1235, .chunks = 3}), ContainsSubstring("of another"));
  CHECK_THAT(refusal(folder / "x", {.hash = 0x1234, .chunks = 4}), ContainsSubstring("of another"));
  CHECK_THAT(refusal(folder / "y"), ContainsSubstring("No such file"));
}

TEST_CASE("a full disk leaves no part of a cache", "[streaming]") {
  const TemporaryFolder folder;
  {
    TokenCacheWriter writer(folder / "x", kThree);
    const FullDisk full(4096);
    CHECK_THROWS_AS(writer.add(0, std::string(10'000, 'x')), DataError);
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("tokens come out as they went in, whatever their size", "[streaming]") {
  ParallelCorpus chunk;
  chunk.lines_read = 300;
  chunk.dropped_empty = 2;
  chunk.dropped_long = 296;
  chunk.source.push_back(std::vector<int32_t>{0, 127, 128, 16'383, 16'384, 2'147'483'647});
  chunk.source.push_back({});
  chunk.target.push_back(std::vector<int32_t>(500, 9));
  chunk.target.push_back(std::vector<int32_t>{1});
  const std::string bytes = encoded_tokens(chunk);
  const ParallelCorpus again = decoded_tokens(bytes);
  CHECK(again.source == chunk.source);
  CHECK(again.target == chunk.target);
  CHECK(again.lines_read == 300);
  CHECK(again.dropped_empty == 2);
  CHECK(again.dropped_long == 296);
  for (size_t size = 0; size < bytes.size(); ++size) {
    CHECK_THROWS_AS(decoded_tokens(bytes.substr(0, size)), DataError);
  }
  CHECK_THROWS_AS(decoded_tokens(bytes + "x"), DataError);
}

}  // namespace rondo
