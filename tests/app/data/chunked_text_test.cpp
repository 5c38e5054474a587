#include "app/data/chunked_text.h"

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Lines = std::vector<std::string>;

// Seven pairs, a0 to a6 and b0 to b6.
struct SevenPairs {
  SevenPairs() {
    for (int i = 0; i < 7; ++i) {
      source += "a" + std::to_string(i) + "\n";
      target += "b" + std::to_string(i) + "\n";
    }
    write_bytes(files.source, source);
    write_bytes(files.target, target);
  }
  void compress_source() const {
    std::filesystem::remove(files.source);
    write_bytes(files.source + ".gz", gzipped(source));
  }

  TemporaryFolder folder;
  std::string source, target;
  ParallelFiles files{folder / "x.a", folder / "x.b"};
};

}  // namespace

TEST_CASE("chunks are read in any order, the last one shorter", "[data]") {
  const SevenPairs pairs;
  const ChunkedText text(pairs.files, 3);
  CHECK(text.pairs() == 7);
  REQUIRE(text.chunks() == 3);
  CHECK(text.any_order());
  CHECK(text.read(2).source == Lines{"a6"});
  CHECK(text.read(0).target == Lines{"b0", "b1", "b2"});
  CHECK(text.read(1).source == Lines{"a3", "a4", "a5"});
  CHECK(text.read(1).target == Lines{"b3", "b4", "b5"});
}

TEST_CASE("a compressed side gives the same chunks, forwards and backwards", "[data]") {
  const SevenPairs pairs;
  const uint64_t plain = ChunkedText(pairs.files, 3).hash();
  pairs.compress_source();
  const ChunkedText text(pairs.files, 3);
  CHECK_FALSE(text.any_order());
  CHECK(text.hash() == plain);
  CHECK(text.read(1).source == Lines{"a3", "a4", "a5"});
  CHECK(text.read(2).source == Lines{"a6"});
  CHECK(text.read(0).source == Lines{"a0", "a1", "a2"});
  CHECK(text.read(2).target == Lines{"b6"});
}

TEST_CASE("the hash tells other texts, and other chunks, apart", "[data]") {
  const SevenPairs pairs;
  const uint64_t before = ChunkedText(pairs.files, 3).hash();
  CHECK(ChunkedText(pairs.files, 2).hash() != before);
  write_bytes(pairs.files.target, "B" + pairs.target.substr(1));
  CHECK(ChunkedText(pairs.files, 3).hash() != before);
}

TEST_CASE("sides of unequal lines, and none, are refused as when they are loaded", "[data]") {
  const SevenPairs pairs;
  write_bytes(pairs.files.target, pairs.target + "one more\n");
  const auto refusal = [&] { return message_of<DataError>([&] { ChunkedText(pairs.files, 3); }); };
  CHECK_THAT(refusal(), ContainsSubstring("x.a:7: ends here, but "));
  write_bytes(pairs.files.source, "");
  write_bytes(pairs.files.target, "");
  CHECK_THAT(refusal(), ContainsSubstring("hold no lines"));
}

TEST_CASE("a text that shrinks or grows while it is read is noticed", "[data]") {
  const SevenPairs pairs;
  const ChunkedText text(pairs.files, 3);
  write_bytes(pairs.files.source, pairs.source + "a7\n");
  CHECK_THAT(message_of<DataError>([&] { text.read(0); }), ContainsSubstring("has changed since"));
}

}  // namespace rondo
