#pragma once

#include <cstdint>
#include <string_view>

namespace rondo {

// FNV-1a with a final mix: the same with every standard library, which std::hash is not.
uint64_t stable_hash(std::string_view text);

}  // namespace rondo
