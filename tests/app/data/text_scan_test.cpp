#include "app/data/text_scan.h"

#include "app/data/byte_hash.h"
#include "app/data/line_reader.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TextScan scan_of(const std::string& bytes, int64_t chunk_lines = 2) {
  const TemporaryFolder folder;
  write_bytes(folder / "text", bytes);
  return scan_text(folder / "text", chunk_lines);
}

uint64_t hash_of(std::string_view text, size_t step) {
  ByteHash hash;
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    hash.add(text.substr(0, step));
  }
  return hash.value();
}

}  // namespace

TEST_CASE("a scan finds where each chunk of lines begins", "[data]") {
  const TextScan scan = scan_of("a\nbb\n\nc\r\nd\n");
  CHECK(scan.lines == 5);
  CHECK(scan.bytes == 11);
  CHECK(scan.chunks == std::vector<int64_t>{0, 5, 9});
  CHECK_FALSE(scan.compressed);
}

TEST_CASE("a scan counts lines as they are read", "[data]") {
  for (const std::string text : {"", "\n", "a", "a\n", "a\n\n", "\n\na", "a\r\nb"}) {
    const TemporaryFolder folder;
    write_bytes(folder / "text", text);
    CAPTURE(text);
    CHECK(scan_text(folder / "text", 1).lines ==
          static_cast<int64_t>(read_lines(folder / "text").size()));
  }
}

TEST_CASE("lines longer than the buffer are one line each", "[data]") {
  const std::string line(600'000, 'x');
  const TextScan scan = scan_of(line + "\n" + line + "\nend", 1);
  CHECK(scan.chunks == std::vector<int64_t>{0, 600'001, 1'200'002});
}

TEST_CASE("a compressed text has the lines and the hash of its contents", "[data]") {
  const TextScan plain = scan_of("a\nb\nc\n"), compressed = scan_of(gzipped("a\nb\nc\n"));
  CHECK(compressed.compressed);
  CHECK(compressed.lines == 3);
  CHECK(compressed.hash == plain.hash);
}

TEST_CASE("a hash does not depend on how the bytes come", "[data]") {
  const std::string text = "twenty-six bytes of a text";
  for (const size_t step : {1, 3, 7, 8, 9, 16, 25}) CHECK(hash_of(text, step) == hash_of(text, 99));
}

TEST_CASE("a hash tells apart texts that differ in little", "[data]") {
  CHECK(hash_of("a b c d e", 99) != hash_of("a b c d f", 99));
  CHECK(hash_of("12345678", 99) != hash_of(std::string("12345678\0", 9), 99));
  CHECK(hash_of("", 99) != hash_of(std::string("\0", 1), 99));
}

}  // namespace rondo
