#include "app/decoding/text_windows.h"

#include <algorithm>

namespace rondo {

std::vector<TextWindow> text_windows(int64_t pieces, int64_t longest, int64_t overlap) {
  longest = std::max<int64_t>(longest, 1);
  if (pieces <= longest) return {{0, pieces, 1.0}};
  const int64_t step = longest - std::clamp<int64_t>(overlap, 0, longest - 1);
  std::vector<TextWindow> windows;
  int64_t covered = 0;
  for (int64_t begin = 0; covered < pieces; begin += step) {
    const int64_t end = std::min(begin + longest, pieces);
    windows.push_back(
        {begin, end, static_cast<double>(end - covered) / static_cast<double>(pieces)});
    covered = end;
  }
  return windows;
}

}  // namespace rondo
