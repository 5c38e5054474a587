#pragma once

#include <filesystem>
#include <functional>

#include "app/distributed/workers.h"

namespace rondo {

// A file of the first worker, which the others, on other hosts perhaps, read as a copy that is gone
// when this is.
class SharedFile {
 public:
  // path: where the first worker has it. Throws DataError where it cannot be read or copied.
  SharedFile(const Workers& workers, const std::filesystem::path& path);
  // What the first worker writes to the path it is given, for the others alone.
  using Write = std::function<void(const std::filesystem::path&)>;
  SharedFile(const Workers& workers, const Write& write);
  ~SharedFile();
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  // The first worker's own file, or this worker's copy of it.
  const std::filesystem::path& path() const { return path_; }

 private:
  void receive(const Workers& workers);

  std::filesystem::path path_{};
  bool is_copy_ = false;
};

}  // namespace rondo
