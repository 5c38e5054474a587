#include "app/training/training_log.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace rondo {
namespace {

constexpr int kFallbackColumns = 100;

bool on_terminal() { return ::isatty(STDERR_FILENO) == 1; }

int terminal_columns() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col - 1 : kFallbackColumns;
}

}  // namespace

TrainingLog::~TrainingLog() { clear_bar(); }

void TrainingLog::open(const std::filesystem::path& file) {
  file_.open(file, std::ios::app);
  file_ << said_before_open_ << std::flush;
  said_before_open_.clear();
}

void TrainingLog::say(std::string_view line) {
  if (silent_) return;
  clear_bar();
  std::cerr << line << std::endl;
  keep(line);
}

void TrainingLog::show(const ProgressReport& report) {
  if (silent_) return;
  if (!on_terminal()) return say(progress_line(report));
  std::cerr << "\r\033[K" << progress_bar(report, terminal_columns()) << std::flush;
  bar_shown_ = true;
  keep(progress_line(report));
}

// A log line that cannot be written must not end the training; a full disk shows at the next save.
void TrainingLog::keep(std::string_view line) {
  if (file_.is_open()) {
    file_ << line << '\n' << std::flush;
  } else {
    said_before_open_.append(line).push_back('\n');
  }
}

void TrainingLog::clear_bar() {
  if (bar_shown_) std::cerr << "\r\033[K" << std::flush;
  bar_shown_ = false;
}

}  // namespace rondo
