#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace rondo {

// Tokens that may not be chosen at one step, though their probability counts in the whole.
struct BannedTokens {
  std::vector<int32_t> everywhere{};         // in all rows
  std::vector<std::vector<int32_t>> rows{};  // in each row besides; empty = none in any

  bool holds(int64_t row, int32_t token) const {
    const auto in = [&](const auto& list) {
      return std::find(list.begin(), list.end(), token) != list.end();
    };
    return in(everywhere) || (!rows.empty() && in(rows[static_cast<size_t>(row)]));
  }
};

}  // namespace rondo
