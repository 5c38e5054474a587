#include <cmath>

#include "app/report/heat_map.h"

namespace rondo {
namespace {

constexpr int64_t kCell = 12;  // the last pixel each way is the line between two cells
constexpr uint8_t kLine = 200, kUnknown = 128;

uint8_t grey_of(double shade) {
  if (std::isnan(shade)) return kUnknown;
  return static_cast<uint8_t>(std::lround(255 * (1 - std::abs(shade))));
}

}  // namespace

GreyImage to_image(const HeatMap& map) {
  const auto shades = shades_of(map);
  GreyImage image{.width = kCell * static_cast<int64_t>(map.columns.size()),
                  .height = kCell * static_cast<int64_t>(map.rows.size())};
  image.pixels.reserve(static_cast<std::size_t>(image.width * image.height));
  for (int64_t y = 0; y < image.height; ++y) {
    const auto& row = shades[static_cast<std::size_t>(y / kCell)];
    for (int64_t x = 0; x < image.width; ++x) {
      const bool line = x % kCell == kCell - 1 || y % kCell == kCell - 1;
      image.pixels.push_back(line ? kLine : grey_of(row[static_cast<std::size_t>(x / kCell)]));
    }
  }
  return image;
}

}  // namespace rondo
