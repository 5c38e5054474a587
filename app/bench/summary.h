#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/bench/measurement.h"

namespace rondo {

// The middle of several numbers and their ends; not-a-number where there is none.
struct Middle {
  double low = 0, median = 0, high = 0;
};
Middle spread_of(std::vector<double> numbers);

// Measurements by cell and round.
class Summary {
 public:
  explicit Summary(const std::vector<Measurement>& measurements);

  // Of one value over the rounds.
  Middle value(const std::string& cell, const std::string& name) const;
  // Round by round, the cell's value over the best of the others' in the same round: what else the
  // machine did in that round slowed both. Not-a-number where no round has both.
  Middle ratio(const std::string& cell, const std::vector<std::string>& others,
               const std::string& name) const;
  std::vector<std::string> value_names(const std::string& cell) const;
  // Why a cell has no values; empty where it has some, or was not tried.
  std::string missing(const std::string& cell) const;
  bool has(const std::string& cell) const { return cells_.count(cell) == 1; }
  int rounds(const std::string& cell) const;

 private:
  struct Rounds {
    std::map<int, Values> values{};
    std::string missing{};
  };
  std::map<std::string, Rounds> cells_{};
};

}  // namespace rondo
