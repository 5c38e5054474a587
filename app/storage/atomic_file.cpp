#include "app/storage/atomic_file.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

#include "app/errors.h"

namespace fs = std::filesystem;

namespace rondo {
namespace {

constexpr std::string_view kMark = ".writing-";  // path.writing-PID-N

fs::path temporary_beside(const fs::path& target) {
  static std::atomic<unsigned> count{0};  // threads of one process may write beside each other
  return target.string() + std::string(kMark) + std::to_string(::getpid()) + "-" +
         std::to_string(count++);
}

// The process that wrote a file named prefix + PID-N; 0 when the name is of another kind.
pid_t writer(const std::string& name, const std::string& prefix) {
  if (name.compare(0, prefix.size(), prefix) != 0) return 0;
  const std::string digits =
      name.substr(prefix.size(), name.find('-', prefix.size()) - prefix.size());
  const bool number = !digits.empty() && digits.size() < 10 &&
                      std::all_of(digits.begin(), digits.end(),
                                  [](unsigned char c) { return c >= '0' && c <= '9'; });
  return number ? static_cast<pid_t>(std::stol(digits)) : 0;
}

fs::path followed(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_symlink(path, ignored)) return path;
  const fs::path target = fs::weakly_canonical(path, ignored);
  return target.empty() ? path : target;
}

// Renames are durable once their folder is. Some file systems cannot fsync a folder (EINVAL).
int sync_folder(const fs::path& target) {
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return errno == EACCES ? 0 : errno;  // a folder one may write to but not list
  const int error = ::fsync(file) == 0 || errno == EINVAL ? 0 : errno;
  ::close(file);
  return error;
}

}  // namespace

AtomicFile::AtomicFile(const fs::path& path) : path_(path), target_(followed(path)) {
  std::error_code ignored;
  const fs::file_status status = fs::status(target_, ignored);
  if (fs::is_directory(status)) fail(EISDIR);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    throw DataError("cannot write " + path_.string() + ": not a regular file");
  }
  remove_abandoned_temporaries(target_);
  const fs::path temporary = temporary_beside(target_);
  file_ = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail(errno);
  temporary_ = temporary;
}

AtomicFile::~AtomicFile() {
  if (file_ >= 0) ::close(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(const void* bytes, std::size_t size) {
  const char* next = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t written = ::write(file_, next, std::min<std::size_t>(size, std::size_t{1} << 30));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    next += written;
    size -= static_cast<std::size_t>(written);
  }
}

void AtomicFile::commit() {
  if (::fsync(file_) != 0) fail(errno);
  const int file = file_;
  file_ = -1;
  if (::close(file) != 0) fail(errno);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail(errno);
  temporary_.clear();
  if (const int error = sync_folder(target_)) fail(error);
}

void AtomicFile::fail(int error) const {
  throw DataError("cannot write " + path_.string() + ": " + std::generic_category().message(error));
}

void write_file_atomically(const fs::path& path, std::string_view contents) {
  AtomicFile file(path);
  file.write(contents);
  file.commit();
}

void remove_abandoned_temporaries(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const std::string prefix = path.filename().string() + std::string(kMark);
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    const pid_t process = writer(it->path().filename().string(), prefix);
    const bool dead = process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    if (dead) fs::remove(it->path(), ignored);
  }
}

void remove_all_temporaries(const fs::path& folder) {
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    const size_t mark = name.rfind(kMark);
    if (mark == std::string::npos) continue;
    const pid_t process = writer(name, name.substr(0, mark + kMark.size()));
    const bool dead = process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    if (dead || process == ::getpid()) fs::remove(it->path(), ignored);
  }
}

}  // namespace rondo
