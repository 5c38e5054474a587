#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

#include "app/training/options.h"

namespace rondo {

// How far a training in another process is.
struct RunProgress {
  int64_t update = 0;
  double epoch = 0;
  double best = std::numeric_limits<double>::quiet_NaN();  // of the validations so far
  int64_t best_update = 0;
};

// Follows a growing metrics.jsonl: each look reads only what is new. A file that was replaced by a
// shorter one is read again from its beginning.
class ProgressReader {
 public:
  ProgressReader(std::filesystem::path metrics, Metric metric);

  const RunProgress& look();

 private:
  void read(const std::string& line);

  std::filesystem::path path_;
  Metric metric_ = Metric::bleu;
  uint64_t offset_ = 0;
  RunProgress progress_{};
};

// "epoch 3.2  update 1200  BLEU 21.30 at 900".
std::string progress_text(const RunProgress& progress, Metric metric);

}  // namespace rondo
