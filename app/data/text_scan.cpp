#include "app/data/text_scan.h"

#include <cstring>
#include <filesystem>

#include "app/data/byte_hash.h"
#include "app/data/byte_source.h"

namespace rondo {
namespace {

constexpr size_t kScanBytes = 1 << 18;

// Counts the lines that begin in the bytes of a text, and notes where each chunk does.
class LineCounter {
 public:
  LineCounter(int64_t chunk_lines, TextScan& scan) : chunk_lines_(chunk_lines), scan_(scan) {}

  void add(std::string_view bytes) {
    const char* at = bytes.data();
    const char* end = at + bytes.size();
    while (at < end) {
      if (at_line_begin_) begin_line(scan_.bytes + (at - bytes.data()));
      const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
      at_line_begin_ = newline != nullptr;
      at = newline ? static_cast<const char*>(newline) + 1 : end;
    }
    scan_.bytes += static_cast<int64_t>(bytes.size());
  }

 private:
  void begin_line(int64_t offset) {
    if (scan_.lines % chunk_lines_ == 0) scan_.chunks.push_back(offset);
    ++scan_.lines;
  }

  int64_t chunk_lines_;
  TextScan& scan_;
  bool at_line_begin_ = true;
};

}  // namespace

uint64_t size_of_file(const std::string& path) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

TextScan scan_text(const std::string& path, int64_t chunk_lines) {
  TextScan scan{.path = path, .file_size = size_of_file(path)};
  LineCounter lines(chunk_lines, scan);
  ByteSource source(path);
  ByteHash hash;
  std::vector<char> buffer(kScanBytes);
  while (const size_t count = source.read(buffer)) {
    const std::string_view bytes(buffer.data(), count);
    hash.add(bytes);
    lines.add(bytes);
  }
  scan.hash = hash.value();
  scan.compressed = source.compressed();
  return scan;
}

}  // namespace rondo
