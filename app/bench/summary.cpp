#include "app/bench/summary.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace rondo {
namespace {

double value_in(const Values& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::nan("") : found->second;
}

}  // namespace

Middle spread_of(std::vector<double> numbers) {
  std::erase_if(numbers, [](double number) { return !std::isfinite(number); });
  if (numbers.empty()) return {std::nan(""), std::nan(""), std::nan("")};
  std::ranges::sort(numbers);
  const size_t half = numbers.size() / 2;
  const double median =
      numbers.size() % 2 == 1 ? numbers[half] : (numbers[half - 1] + numbers[half]) / 2;
  return {numbers.front(), median, numbers.back()};
}

// The latest of a round counts: what was repeated was repeated for a reason.
Summary::Summary(const std::vector<Measurement>& measurements) {
  for (const Measurement& measurement : measurements) {
    Rounds& rounds = cells_[measurement.cell];
    if (measurement.missing.empty()) {
      rounds.values[measurement.round] = measurement.values;
    } else {
      rounds.missing = measurement.missing;
    }
  }
}

Middle Summary::value(const std::string& cell, const std::string& name) const {
  std::vector<double> numbers;
  const auto found = cells_.find(cell);
  if (found != cells_.end()) {
    for (const auto& [round, values] : found->second.values) {
      numbers.push_back(value_in(values, name));
    }
  }
  return spread_of(std::move(numbers));
}

Middle Summary::ratio(const std::string& cell, const std::vector<std::string>& others,
                      const std::string& name) const {
  std::vector<double> ratios;
  const auto own = cells_.find(cell);
  if (own == cells_.end()) return spread_of({});
  for (const auto& [round, values] : own->second.values) {
    double best = std::nan("");
    for (const std::string& other : others) {
      const auto found = cells_.find(other);
      if (found == cells_.end()) continue;
      const auto same = found->second.values.find(round);
      if (same != found->second.values.end()) best = std::fmax(best, value_in(same->second, name));
    }
    ratios.push_back(value_in(values, name) / best);
  }
  return spread_of(std::move(ratios));
}

std::vector<std::string> Summary::value_names(const std::string& cell) const {
  std::set<std::string> names;
  const auto found = cells_.find(cell);
  if (found == cells_.end()) return {};
  for (const auto& [round, values] : found->second.values) {
    for (const auto& [name, value] : values) names.insert(name);
  }
  return {names.begin(), names.end()};
}

std::string Summary::missing(const std::string& cell) const {
  const auto found = cells_.find(cell);
  return found == cells_.end() || !found->second.values.empty() ? "" : found->second.missing;
}

int Summary::rounds(const std::string& cell) const {
  const auto found = cells_.find(cell);
  return found == cells_.end() ? 0 : static_cast<int>(found->second.values.size());
}

}  // namespace rondo
