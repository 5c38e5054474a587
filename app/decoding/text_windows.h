#pragma once

#include <cstdint>
#include <vector>

namespace rondo {

// A stretch of a text that is too long to be read at once.
struct TextWindow {
  int64_t begin = 0, end = 0;  // pieces [begin, end)
  double share = 1;  // of the whole text's answer: the pieces that no window before it has
  bool operator==(const TextWindow&) const = default;
};

// Windows of at most `longest` pieces, neighbours sharing `overlap` of them so that each piece is
// read with what stands around it. Their shares sum to 1. One window holds a text that is short
// enough, be it empty. An overlap that leaves no step forward is made smaller.
std::vector<TextWindow> text_windows(int64_t pieces, int64_t longest, int64_t overlap);

}  // namespace rondo
