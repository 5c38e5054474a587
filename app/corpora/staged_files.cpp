#include "app/corpora/staged_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "app/errors.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const fs::path& path, int reason) {
  throw DataError(path.string() + ": cannot be written: " + std::strerror(reason));
}

void write_and_sync(const fs::path& path, std::string_view contents) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail_to_write(path, errno);
  while (!contents.empty()) {
    const ssize_t written = write(file, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    contents.remove_prefix(size_t(written));
  }
  const bool complete = contents.empty() && fsync(file) == 0;
  const int reason = errno;
  close(file);
  if (!complete) fail_to_write(path, reason);
}

fs::path staged(const fs::path& path) { return path.string() + ".tmp" + std::to_string(getpid()); }

}  // namespace

StagedFiles::StagedFiles(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) throw DataError(folder_.string() + ": cannot be made: " + error.message());
}

StagedFiles::~StagedFiles() {
  std::error_code ignored;
  for (const fs::path& path : paths_) fs::remove(staged(path), ignored);
}

void StagedFiles::add(const std::string& name, std::string_view contents) {
  paths_.push_back(folder_ / name);
  write_and_sync(staged(paths_.back()), contents);
}

void StagedFiles::commit() {
  for (const fs::path& path : paths_) {
    std::error_code error;
    fs::rename(staged(path), path, error);
    if (error) throw DataError(path.string() + ": cannot be written: " + error.message());
  }
  paths_.clear();
}

}  // namespace rondo
