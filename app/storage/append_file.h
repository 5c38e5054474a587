#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace rondo {

// A file that grows at its end. A write that fails (a full disk) throws DataError naming the path
// and leaves no part of its text behind.
class AppendFile {
 public:
  // Made where it is missing.
  explicit AppendFile(const std::filesystem::path& path);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  void write(std::string_view text);
  // Waits until all of it is safe on disk.
  void sync();
  int64_t size() const { return size_; }

 private:
  void fail(int error) const;

  std::filesystem::path path_;
  int file_ = -1;
  int64_t size_ = 0;
};

}  // namespace rondo
