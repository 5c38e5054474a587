#include "app/report/png.h"

#include <zlib.h>

#include <stdexcept>

#include "tests/support/catch.h"

namespace rondo {
namespace {

struct Chunk {
  std::string kind{}, content{};
  bool sound = false;  // its checksum is right
};

uint32_t big_endian(const std::string& bytes, std::size_t at) {
  uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::vector<Chunk> chunks_of(const std::string& png) {
  std::vector<Chunk> chunks;
  for (std::size_t at = 8; at < png.size();) {
    const std::size_t size = big_endian(png, at);
    Chunk chunk{png.substr(at + 4, 4), png.substr(at + 8, size)};
    const std::string checked = chunk.kind + chunk.content;
    chunk.sound =
        big_endian(png, at + 8 + size) == ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()),
                                                  static_cast<uInt>(checked.size()));
    chunks.push_back(chunk);
    at += 12 + size;
  }
  return chunks;
}

std::string inflated(const std::string& packed, std::size_t size) {
  std::string bytes(size, '?');
  uLongf unpacked = size;
  REQUIRE(::uncompress(reinterpret_cast<Bytef*>(bytes.data()), &unpacked,
                       reinterpret_cast<const Bytef*>(packed.data()),
                       static_cast<uLong>(packed.size())) == Z_OK);
  return bytes.substr(0, unpacked);
}

}  // namespace

TEST_CASE("an image is a signature and three sound chunks", "[report]") {
  const Png png = to_png({.width = 3, .height = 2, .pixels = {0, 128, 255, 1, 2, 3}});
  CHECK(png.width == 3);
  CHECK(png.bytes.starts_with("\x89PNG\r\n\x1a\n"));
  const auto chunks = chunks_of(png.bytes);
  REQUIRE(chunks.size() == 3);
  for (const Chunk& chunk : chunks) CHECK(chunk.sound);
  CHECK(chunks[0].kind == "IHDR");
  CHECK(chunks[0].content == std::string("\0\0\0\3\0\0\0\2\x08\0\0\0\0", 13));
  CHECK(chunks[1].kind == "IDAT");
  CHECK(chunks[2].kind == "IEND");
  CHECK(chunks[2].content.empty());
}

TEST_CASE("the pixels come back row by row, each behind a zero", "[report]") {
  const Png png = to_png({.width = 3, .height = 2, .pixels = {0, 128, 255, 1, 2, 3}});
  const std::string rows("\0\0\x80\xFF\0\1\2\3", 8);
  CHECK(inflated(chunks_of(png.bytes)[1].content, 100) == rows);
}

TEST_CASE("an image without a pixel for each place is refused", "[report]") {
  CHECK_THROWS_AS(to_png({.width = 2, .height = 2, .pixels = {0}}), std::invalid_argument);
}

}  // namespace rondo
