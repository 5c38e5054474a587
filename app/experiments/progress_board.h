#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace rondo {

// What several trainings at once show of themselves: lines that are said, and on a terminal below
// them a few lines that are drawn again in place.
class ProgressBoard {
 public:
  // columns 0: no terminal, so nothing is drawn in place.
  ProgressBoard(std::ostream& out, int columns);
  ~ProgressBoard();
  ProgressBoard(const ProgressBoard&) = delete;
  ProgressBoard& operator=(const ProgressBoard&) = delete;

  void say(const std::string& line);
  void draw(const std::vector<std::string>& lines);

 private:
  void clear();
  void show();

  std::ostream& out_;
  int columns_ = 0;
  std::vector<std::string> drawn_{};
  bool visible_ = false;
};

// Of standard error, less one; 0 where it is no terminal.
int terminal_columns();

}  // namespace rondo
