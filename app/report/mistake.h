#pragma once

#include <cstdint>
#include <string>

namespace rondo {

// A text that a classifier gets wrong.
struct Mistake {
  int64_t line = 0;  // in its file
  std::string text{};
  std::string label{};       // the true one; of several all, joined by ", "; a value's number
  std::string prediction{};  // likewise
  double confidence = 0;     // how sure of it: the prediction's probability; of several labels how
                             // far the worst one's is from the truth; how far off a value is
};

}  // namespace rondo
