#include "app/experiments/progress_board.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace rondo {
namespace {

constexpr int kFallbackColumns = 79;

}  // namespace

ProgressBoard::ProgressBoard(std::ostream& out, int columns) : out_(out), columns_(columns) {}

ProgressBoard::~ProgressBoard() { clear(); }

void ProgressBoard::say(const std::string& line) {
  clear();
  out_ << line << '\n';
  show();
}

void ProgressBoard::draw(const std::vector<std::string>& lines) {
  if (columns_ == 0) return;
  clear();
  drawn_ = lines;
  show();
}

void ProgressBoard::clear() {
  if (visible_) out_ << "\033[" << drawn_.size() << "A\033[J" << std::flush;
  visible_ = false;
}

void ProgressBoard::show() {
  // A line that wraps would take two rows, and clear() would leave one.
  for (const std::string& line : drawn_)
    out_ << line.substr(0, static_cast<size_t>(columns_)) << '\n';
  out_ << std::flush;
  visible_ = !drawn_.empty();
}

int terminal_columns() {
  if (::isatty(STDERR_FILENO) != 1) return 0;
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
  return known ? size.ws_col - 1 : kFallbackColumns;
}

}  // namespace rondo
