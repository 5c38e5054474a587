#include "app/report/png.h"

#include <zlib.h>

#include <stdexcept>

namespace rondo {
namespace {

std::string big_endian(uint32_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift);
  return text;
}

// Length, kind, content, checksum of kind and content.
std::string chunk(const std::string& kind, const std::string& content) {
  const std::string checked = kind + content;
  const auto crc =
      ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return big_endian(static_cast<uint32_t>(content.size())) + checked +
         big_endian(static_cast<uint32_t>(crc));
}

std::string deflated(const std::string& bytes) {
  uLongf size = ::compressBound(static_cast<uLong>(bytes.size()));
  std::string packed(size, '\0');
  const int status =
      ::compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                 reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
  if (status != Z_OK) throw std::runtime_error("zlib cannot pack an image");
  packed.resize(size);
  return packed;
}

}  // namespace

Png to_png(const GreyImage& image) {
  const auto width = static_cast<std::size_t>(image.width);
  const auto height = static_cast<std::size_t>(image.height);
  if (image.pixels.size() != width * height) {
    throw std::invalid_argument("an image needs a pixel for each place");
  }
  std::string rows;  // a 0 before each says that it is not filtered
  for (std::size_t row = 0; row < height; ++row) {
    rows += '\0';
    rows.append(reinterpret_cast<const char*>(image.pixels.data()) + row * width, width);
  }
  // Eight bits, grey, and the only methods of compression, filter and interlace that are wanted.
  const std::string header = big_endian(static_cast<uint32_t>(image.width)) +
                             big_endian(static_cast<uint32_t>(image.height)) +
                             std::string("\x08\0\0\0\0", 5);
  return {.width = image.width,
          .height = image.height,
          .bytes = "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", deflated(rows)) +
                   chunk("IEND", "")};
}

}  // namespace rondo
