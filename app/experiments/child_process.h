#pragma once

#include <sys/types.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rondo {

// How a process ended.
struct ProcessEnd {
  int status = 0;  // its exit status
  int signal = 0;  // that killed it; 0 = it ended by itself
};

struct ChildSettings {
  std::filesystem::path output{};          // what it says is appended here; empty = where ours goes
  std::vector<std::string> environment{};  // NAME=value, beside this process's own
};

// A program at work. It has a process group of its own, so that
// Ctrl-C on a terminal reaches only who started it; and it gets SIGTERM when its starter dies.
class ChildProcess {
 public:
  // command: the program and its arguments. A program that cannot be started ends with status 127
  // and one line in its output. Throws DataError where the file cannot be written.
  ChildProcess(const std::vector<std::string>& command, const ChildSettings& settings);
  // One that still runs gets SIGTERM, and is waited for.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  std::optional<ProcessEnd> poll();  // nothing while it runs
  void terminate();                  // SIGTERM, once: a second one would not let it save
  void kill();                       // SIGKILL
  pid_t id() const { return id_; }

 private:
  pid_t id_ = 0;
  bool terminated_ = false;
  std::optional<ProcessEnd> end_{};
};

// While it lives, wait() returns as soon as a child has ended, a signal has arrived, or the time is
// over. Of one thread.
class ChildWatch {
 public:
  ChildWatch();
  ~ChildWatch();
  ChildWatch(const ChildWatch&) = delete;
  ChildWatch& operator=(const ChildWatch&) = delete;

  void wait(double seconds);

 private:
  sigset_t previous_{};
};

// The program that is running, as a path to start it by; `called` is its argv[0].
std::string own_program(const std::string& called);

}  // namespace rondo
