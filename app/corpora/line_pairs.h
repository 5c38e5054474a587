#pragma once

#include <string>

#include "app/corpora/segment_pair.h"

namespace rondo {

// Reads two texts aligned line by line; the family is the source line, so equal sources stay
// together. A byte-order mark is no text. Throws DataError with both line counts where they differ.
SegmentPairs read_line_pairs(const std::string& source, const std::string& target);

}  // namespace rondo
