#pragma once

#include <string>
#include <vector>

namespace rondo {

// One aligned pair of segments: a synopsis, a paragraph, a verse or a line.
struct SegmentPair {
  std::string source;
  std::string target;
  std::string family;  // what must not straddle train, dev and test: a source package, a chapter
};

using SegmentPairs = std::vector<SegmentPair>;

}  // namespace rondo
