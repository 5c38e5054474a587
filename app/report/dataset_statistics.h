#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// One text of a run, as the page of the run shows it.
struct TextStatistics {
  std::string name{};  // "source (en)", "target (de)", "text"
  int64_t sentences = 0, pieces = 0, unknown_pieces = 0;
  std::vector<int64_t> lengths{};  // lengths[n]: sentences of n pieces
};

struct DatasetStatistics {
  int64_t lines_read = 0;
  std::vector<std::string> dropped{};  // "12 empty", "3 longer than 100 pieces"
  std::vector<TextStatistics> training{};
  std::vector<TextStatistics> development{};
  std::vector<std::string> labels{};    // of a classifier
  std::vector<int64_t> label_counts{};  // training examples of each
};

}  // namespace rondo
