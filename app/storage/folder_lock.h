#pragma once

#include <filesystem>

namespace rondo {

// While it lives, no other process holds a lock on the folder. Ends with the process, however that
// ends. Throws ConfigError where another process holds it; a file system without locks gives none.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace rondo
