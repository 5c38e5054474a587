#include "app/experiments/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <system_error>

#include "app/errors.h"

#if defined(__linux__)
#include <sys/prctl.h>
#endif

namespace rondo {
namespace {

int open_output(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file >= 0) return file;
  throw DataError("cannot write " + path.string() + ": " + std::generic_category().message(errno));
}

// For exec, with a null pointer at the end.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// This process's variables, of which those given here take the place.
std::vector<std::string> merged_environment(const std::vector<std::string>& given) {
  std::vector<std::string> merged = given;
  for (char** variable = environ; *variable; ++variable) {
    const std::string text = *variable;
    const std::string beginning = text.substr(0, text.find('=') + 1);
    const bool replaced = std::ranges::any_of(
        given, [&](const std::string& mine) { return mine.starts_with(beginning); });
    if (!replaced) merged.push_back(text);
  }
  return merged;
}

void say(const char* text) {
  const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
  static_cast<void>(ignored);
}

// Between fork and exec: only what is safe in a signal handler. posix_spawn cannot ask for a signal
// at the starter's death.
// output: a file, or -1 for the starter's own.
[[noreturn]] void become(char* const* command, char* const* environment, int output,
                         pid_t starter) {
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGTERM, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::setpgid(0, 0);
#if defined(__linux__)
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != starter) ::_exit(1);  // it died before it was asked
#endif
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  if (output >= 0) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
  }
  environ = const_cast<char**>(environment);
  ::execvp(command[0], command);
  say("rondo: cannot start ");
  say(command[0]);
  say("\n");
  ::_exit(127);
}

// No signal comes while a process is being made: in the child it would meet the starter's handlers,
// and be lost.
class SignalBlock {
 public:
  SignalBlock() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &previous_);
  }
  ~SignalBlock() { ::pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }
  SignalBlock(const SignalBlock&) = delete;
  SignalBlock& operator=(const SignalBlock&) = delete;

 private:
  sigset_t previous_{};
};

ProcessEnd end_of(int status) {
  if (WIFSIGNALED(status)) return {.signal = WTERMSIG(status)};
  return {.status = WEXITSTATUS(status)};
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const ChildSettings& settings) {
  const std::vector<char*> arguments = pointers_to(command);
  const std::vector<std::string> variables = merged_environment(settings.environment);
  const std::vector<char*> environment = pointers_to(variables);
  const int file = settings.output.empty() ? -1 : open_output(settings.output);
  const pid_t starter = ::getpid();
  int error = 0;
  {
    const SignalBlock block;
    id_ = ::fork();
    error = errno;
    if (id_ == 0) become(arguments.data(), environment.data(), file, starter);
  }
  if (file >= 0) ::close(file);
  if (id_ < 0) {
    throw DataError("cannot start a process: " + std::generic_category().message(error));
  }
}

ChildProcess::~ChildProcess() {
  if (end_) return;
  terminate();
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::optional<ProcessEnd> ChildProcess::poll() {
  int status = 0;
  if (!end_ && ::waitpid(id_, &status, WNOHANG) == id_) end_ = end_of(status);
  return end_;
}

void ChildProcess::terminate() {
  if (!terminated_ && !end_) ::kill(id_, SIGTERM);
  terminated_ = true;
}

void ChildProcess::kill() {
  if (!end_) ::kill(id_, SIGKILL);
}

ChildWatch::ChildWatch() {
  sigset_t children;
  ::sigemptyset(&children);
  ::sigaddset(&children, SIGCHLD);
  ::pthread_sigmask(SIG_BLOCK, &children, &previous_);
}

ChildWatch::~ChildWatch() { ::pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

void ChildWatch::wait(double seconds) {
  sigset_t children;
  ::sigemptyset(&children);
  ::sigaddset(&children, SIGCHLD);
  const double whole = std::floor(seconds);
  const timespec limit{.tv_sec = static_cast<time_t>(whole),
                       .tv_nsec = static_cast<long>((seconds - whole) * 1e9)};
  ::sigtimedwait(&children, nullptr, &limit);
}

std::string own_program(const std::string& called) {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return called;
  // A program that was replaced while it runs is still there under this name alone.
  return std::filesystem::exists(path, error) ? path.string() : "/proc/self/exe";
}

}  // namespace rondo
