#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace rondo {

// Where to cut a line of too many pieces: the ends of its parts, each at most `longest` pieces, the
// last being pieces.size(). Each part is made as long as a good cut allows: at a sentence end (as
// in ". ▁The" or "。") if its part has one, else after a comma or the like, else between words,
// else anywhere.
std::vector<size_t> split_points(std::span<const std::string> pieces, size_t longest);

}  // namespace rondo
