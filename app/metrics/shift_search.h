#pragma once

#include <cstdint>
#include <span>

namespace rondo {

// The fewest edits found that turn the hypothesis into the reference, where moving a block of
// words counts as one edit (Snover et al. 2006). Blocks are moved greedily, the one that saves most
// first; which blocks are tried, and how many, follows Tercom as sacreBLEU does.
int64_t edits_with_shifts(std::span<const uint32_t> hypothesis,
                          std::span<const uint32_t> reference);

}  // namespace rondo
