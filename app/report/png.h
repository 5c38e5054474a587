#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

struct GreyImage {
  int64_t width = 0, height = 0;
  std::vector<uint8_t> pixels{};  // row by row from the top; 0 = black
};

struct Png {
  int64_t width = 0, height = 0;
  std::string bytes{};  // of the whole file
};

// A PNG file (ISO/IEC 15948): eight bits of grey, no interlace, no filter. Throws
// std::invalid_argument where there is not a pixel for each place.
Png to_png(const GreyImage& image);

}  // namespace rondo
