#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/experiments/key_group.h"

namespace rondo {

// How the values of a key are drawn: from a list, or from a range with both its ends.
enum class ValueKind { list, linear, logarithmic, whole, whole_logarithmic };

// --key KEY[+KEY]=0.1,0.2 | lin:A..B | log:A..B | int:A..B | ilog:A..B; a range that ends in /N is
// cut to N values, evenly spread.
struct Dimension {
  std::string text{};  // as it was given
  KeyGroup group{};
  ValueKind kind = ValueKind::list;
  double low = 0, high = 0;           // of a range
  std::vector<std::string> values{};  // of a list, or of a range with a number of values

  bool is_range() const { return values.empty(); }
  bool is_logarithmic() const;
};

using SearchSpace = std::vector<Dimension>;

// Throws ConfigError.
SearchSpace parse_space(std::span<const std::string> texts);

// What lies at this share of a range, in [0, 1): with four significant digits, within the ends.
std::string value_at(const Dimension& dimension, double share);

// How many combinations there are; nothing where a range has no number of values.
std::optional<int64_t> size_of(const SearchSpace& space);

enum class SearchKind { grid, random, asha };

// The values of each trial, one a dimension. Grid: every combination in order, the last key
// changing fastest. Else drawn by (seed, trial) alone; where there are but finitely many
// combinations, none is drawn twice, and there may be fewer trials than asked for. Throws
// ConfigError for a grid over a range.
std::vector<std::vector<std::string>> plan_trials(const SearchSpace& space, SearchKind search,
                                                  uint64_t seed, int64_t trials);

// "key=value" for all keys of the space.
std::vector<std::string> settings_of(const SearchSpace& space,
                                     const std::vector<std::string>& values);

}  // namespace rondo
