#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "app/report/histogram.h"
#include "app/report/png.h"

namespace rondo {

// Appends scalars, texts, histograms and images to an event file of its own, which TensorBoard
// shows while it grows.
class TensorboardWriter {
 public:
  // Makes the folder and in it events.out.tfevents.<time>.<host>.<pid>. Throws DataError.
  explicit TensorboardWriter(const std::filesystem::path& folder);

  void add_scalar(std::string_view tag, int64_t step, double value);
  void add_text(std::string_view tag, int64_t step, std::string_view markdown);
  void add_histogram(std::string_view tag, int64_t step, const Histogram& histogram);
  void add_image(std::string_view tag, int64_t step, const GreyImage& image);

 private:
  std::ofstream file_;
};

}  // namespace rondo
