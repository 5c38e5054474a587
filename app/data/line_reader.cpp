#include "app/data/line_reader.h"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

void strip_carriage_return(std::string& line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
}

}  // namespace

LineReader::LineReader(const std::string& path)
    : path_(path), source_(path), buffer_(kBufferBytes) {}

LineReader::LineReader(const std::string& path, int64_t offset)
    : path_(path), source_(path, offset), buffer_(kBufferBytes) {}

bool LineReader::refill() {
  begin_ = 0;
  end_ = source_.read(buffer_);
  return end_ > 0;
}

bool LineReader::next(std::string& line) {
  line.clear();
  bool found = false;  // an unfinished line has been begun
  while (begin_ < end_ || refill()) {
    const char* start = buffer_.data() + begin_;
    const auto* newline = static_cast<const char*>(std::memchr(start, '\n', end_ - begin_));
    const size_t count = newline ? newline - start : end_ - begin_;
    line.append(start, count);
    begin_ += count + (newline ? 1 : 0);
    found = true;
    if (newline) {
      strip_carriage_return(line);
      break;
    }
  }
  if (found) ++line_number_;
  return found;
}

bool LineReader::ready() const {
  const auto unread = std::span(buffer_).subspan(begin_, end_ - begin_);
  return std::find(unread.begin(), unread.end(), '\n') != unread.end() || source_.ready();
}

std::vector<std::string> read_lines(const std::string& path) {
  LineReader reader(path);
  std::vector<std::string> lines;
  std::string line;
  while (reader.next(line)) lines.push_back(line);
  return lines;
}

std::string existing_text_file(const std::string& path) {
  if (path == "-" || std::filesystem::exists(path)) return path;
  if (std::filesystem::exists(path + ".gz")) return path + ".gz";
  throw DataError(path + ": no such file, nor " + path + ".gz");
}

}  // namespace rondo
