#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/data/byte_source.h"

namespace rondo {

// The lines of a file, of a .gz file or of standard input ("-"), in constant memory. A line ends at
// "\n", and the "\r" before it goes too; nothing else ends one (not U+2028), and every other byte
// is kept. A last line without "\n" counts; an empty file has none.
class LineReader {
 public:
  // Throws DataError naming the path when it cannot be opened.
  explicit LineReader(const std::string& path);
  // From this byte, at which a line begins, of a file that is not compressed; lines count from 1.
  LineReader(const std::string& path, int64_t offset);

  // The next line, or false at the end. Throws DataError when the file is damaged or cut short.
  bool next(std::string& line);

  // Whether next can answer from what has already been written (a pipe may have more to come).
  bool ready() const;

  int64_t line_number() const { return line_number_; }  // of the line last returned, from 1
  const std::string& path() const { return path_; }

 private:
  bool refill();

  std::string path_;
  ByteSource source_;
  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;  // what is unread in buffer_
  int64_t line_number_ = 0;
};

// All lines at once.
std::vector<std::string> read_lines(const std::string& path);

// The file itself, or the same with ".gz" where only that is there. Throws DataError naming both.
std::string existing_text_file(const std::string& path);

}  // namespace rondo
