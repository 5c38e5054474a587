#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rondo {

// Letters to insert, delete, replace or swap with a neighbour to turn a into b (optimal string
// alignment distance).
size_t edit_distance(std::string_view a, std::string_view b);

// The name nearest to a mistyped one, or empty when none is within a third of its letters.
std::string nearest(std::string_view typed, std::span<const std::string> names);

}  // namespace rondo
