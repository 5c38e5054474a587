#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rondo {

// Files that change together: written beside their final names, then renamed when all are wholly on
// the disk. Those not renamed go when it does. Every error is a DataError that names the path.
class StagedFiles {
 public:
  // Makes the folder where it is missing.
  explicit StagedFiles(std::filesystem::path folder);
  ~StagedFiles();
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;

  void add(const std::string& name, std::string_view contents);
  void commit();

 private:
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> paths_;
};

}  // namespace rondo
