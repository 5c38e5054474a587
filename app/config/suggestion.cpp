#include "app/config/suggestion.h"

#include <algorithm>
#include <vector>

namespace rondo {

size_t edit_distance(std::string_view a, std::string_view b) {
  // cost[i][j] turns the first i letters of a into the first j of b.
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const size_t replaced = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
      cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string nearest(std::string_view typed, std::span<const std::string> names) {
  std::string best;
  if (typed.size() > 64) return best;  // no slip of the finger, and costly to compare
  size_t best_distance = std::max<size_t>(1, typed.size() / 3) + 1;
  for (const std::string& name : names) {
    // A name out of a file may be as long as that: what its length rules out is not compared.
    const auto [shorter, longer] = std::minmax({typed.size(), name.size()});
    if (longer - shorter >= best_distance) continue;
    const size_t distance = edit_distance(typed, name);
    if (distance < best_distance) {
      best_distance = distance;
      best = name;
    }
  }
  return best;
}

}  // namespace rondo
