#include "app/storage/append_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "app/errors.h"

namespace rondo {

AppendFile::AppendFile(const std::filesystem::path& path) : path_(path) {
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) fail(errno);
  size_ = ::lseek(file_, 0, SEEK_END);
}

AppendFile::~AppendFile() {
  if (file_ >= 0) ::close(file_);
}

void AppendFile::write(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      [[maybe_unused]] const int ignored = ::ftruncate(file_, size_);
      fail(error);
    }
    rest.remove_prefix(static_cast<size_t>(written));
  }
  size_ += static_cast<int64_t>(text.size());
}

// Devices and pipes cannot be synced (EINVAL), and need not be.
void AppendFile::sync() {
  if (::fsync(file_) != 0 && errno != EINVAL) fail(errno);
}

void AppendFile::fail(int error) const {
  throw DataError("cannot write " + path_.string() + ": " + std::generic_category().message(error));
}

}  // namespace rondo
