#pragma once

#include <string>
#include <vector>

namespace rondo {

// A sentence and what people took it for.
struct LabelledSentence {
  std::string text{};
  std::string label{};   // empty = undecided, which is left out
  std::string number{};  // what a third column says: a rating, a weight
  std::string group{};   // what must not straddle train, dev and test: a review; empty = the text
};

using LabelledSentences = std::vector<LabelledSentence>;

}  // namespace rondo
