#pragma once

#include <filesystem>

#include "app/corpora/segment_pair.h"

namespace rondo {

// Reads two texts aligned line by line; the family is the source line, so equal sources stay
// together. Throws DataError with both line counts where they differ.
SegmentPairs read_line_pairs(const std::filesystem::path& source,
                             const std::filesystem::path& target);

}  // namespace rondo
