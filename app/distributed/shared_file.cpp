#include "app/distributed/shared_file.h"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/errors.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path) {
  throw DataError(path.string() + ": " + std::strerror(errno));
}

fs::path new_temporary() {
  std::string name = (fs::temp_directory_path() / "rondo-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file < 0) fail(name);
  ::close(file);
  return name;
}

std::string bytes_in(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) fail(path);
  return std::move(bytes).str();
}

}  // namespace

SharedFile::SharedFile(const Workers& workers, const fs::path& path) : path_(path) {
  if (workers.alone()) return;
  if (workers.first()) {
    workers.from_first(bytes_in(path));
  } else {
    receive(workers);
  }
}

SharedFile::SharedFile(const Workers& workers, const Write& write) {
  if (workers.alone()) return;
  if (workers.first()) {
    path_ = new_temporary();
    is_copy_ = true;
    write(path_);
    workers.from_first(bytes_in(path_));
  } else {
    receive(workers);
  }
}

SharedFile::~SharedFile() {
  std::error_code ignored;
  if (is_copy_) fs::remove(path_, ignored);
}

void SharedFile::receive(const Workers& workers) {
  const std::string bytes = workers.from_first("");
  path_ = new_temporary();
  is_copy_ = true;
  std::ofstream file(path_, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) fail(path_);
}

}  // namespace rondo
