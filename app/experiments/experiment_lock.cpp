#include "app/experiments/experiment_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "app/errors.h"

namespace rondo {

ExperimentLock::ExperimentLock(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw DataError("cannot make the folder " + folder.string() + ": " + error.message());
  const auto path = folder / ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT, 0666);  // inherited by children: no O_CLOEXEC
  if (file_ < 0) {
    throw DataError("cannot write " + path.string() + ": " +
                    std::generic_category().message(errno));
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;  // some have no locks
  ::close(file_);
  throw DataError(folder.string() +
                  ": another command, or a training of it that still saves, is at work in this "
                  "folder; wait for it, stop it, or choose another folder by -o");
}

ExperimentLock::~ExperimentLock() { ::close(file_); }

}  // namespace rondo
