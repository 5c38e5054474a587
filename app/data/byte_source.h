#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace rondo {

// The bytes of a file or of standard input ("-"), decompressed where they begin like gzip. Reads no
// more than is there, so that a pipe's first lines are seen before its last are written.
class ByteSource {
 public:
  // Throws DataError naming the path when it cannot be opened.
  explicit ByteSource(const std::string& path);
  // The same from a byte of a file that is not compressed.
  ByteSource(const std::string& path, int64_t offset);
  ~ByteSource();
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;

  // Fills the front of buffer and returns how many bytes that is, 0 at the end. Throws DataError
  // naming the path: unreadable, damaged, or gzip that is cut short.
  size_t read(std::span<char> buffer);

  // Whether it begins like gzip; known once something was read.
  bool compressed() const;

  // Whether read would return at once.
  bool ready() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rondo
