#pragma once

#include <filesystem>

namespace rondo {

// A folder is one command's while this lives, and while any process lives that it started: the
// trainings of a killed command that still save hold it too.
class ExperimentLock {
 public:
  // Makes the folder. Throws DataError where another holds it, or it cannot be written.
  explicit ExperimentLock(const std::filesystem::path& folder);
  ~ExperimentLock();
  ExperimentLock(const ExperimentLock&) = delete;
  ExperimentLock& operator=(const ExperimentLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace rondo
