#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// What one pass over a text finds, in memory that does not grow with its lines but by 8 bytes a
// chunk.
struct TextScan {
  std::string path{};
  int64_t lines = 0;  // as LineReader counts them
  int64_t bytes = 0;  // without compression
  uint64_t file_size = 0;
  uint64_t hash = 0;  // of all bytes
  bool compressed = false;
  std::vector<int64_t>
      chunks{};  // the byte at which lines 0, chunk_lines, 2 * chunk_lines ... begin
};

// Throws DataError naming the path: unreadable, damaged, cut short.
TextScan scan_text(const std::string& path, int64_t chunk_lines);

// In bytes, as it lies on disk; 0 for what is no file.
uint64_t size_of_file(const std::string& path);

}  // namespace rondo
