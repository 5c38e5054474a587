#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

struct GreyImage {
  int64_t width = 0, height = 0;
  std::vector<uint8_t> pixels{};  // row by row from the top; 0 = black
};

// The bytes of a PNG file (ISO/IEC 15948): eight bits of grey, no interlace, no filter.
std::string to_png(const GreyImage& image);

}  // namespace rondo
