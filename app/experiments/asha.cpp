#include "app/experiments/asha.h"

#include <algorithm>
#include <cmath>

namespace rondo {

Asha::Asha(const AshaOptions& options)
    : options_(options), rungs_(static_cast<size_t>(std::max(1, options.rungs))) {}

std::optional<RungTask> Asha::next() {
  for (size_t rung = rungs_.size() - 1; rung > 0; --rung) {
    const auto trial = promotable(rung - 1);
    if (!trial) continue;
    rungs_[rung].entered.insert(*trial);
    return RungTask{.trial = *trial, .rung = static_cast<int>(rung)};
  }
  while (rungs_[0].entered.contains(begun_)) ++begun_;
  if (begun_ >= options_.trials) return std::nullopt;
  rungs_[0].entered.insert(begun_);
  return RungTask{.trial = begun_, .rung = 0};
}

void Asha::report(const RungTask& task, double score) {
  for (int rung = 0; rung <= task.rung; ++rung) rungs_[rung].entered.insert(task.trial);
  rungs_[task.rung].scores[task.trial] = score;
}

// The best of those in the top 1/eta that have not gone up yet; of equal ones, the earlier.
std::optional<int64_t> Asha::promotable(size_t rung) const {
  std::vector<std::pair<double, int64_t>> ranked;  // best first
  for (const auto& [trial, score] : rungs_[rung].scores) {
    if (!std::isnan(score)) ranked.emplace_back(-score, trial);
  }
  std::sort(ranked.begin(), ranked.end());
  const auto reached = static_cast<double>(rungs_[rung].scores.size());
  const auto top = static_cast<size_t>(std::floor(reached / options_.reduction + 1e-9));
  for (size_t i = 0; i < std::min(top, ranked.size()); ++i) {
    if (!rungs_[rung + 1].entered.contains(ranked[i].second)) return ranked[i].second;
  }
  return std::nullopt;
}

std::vector<Duration> rung_resources(const Duration& whole, const Duration& min, double reduction) {
  std::vector<Duration> resources;
  for (double value = min.value; value < whole.value * (1 - 1e-9); value *= reduction) {
    const double rounded = whole.unit == Duration::Unit::updates ? std::round(value) : value;
    resources.push_back({whole.unit, rounded});
  }
  resources.push_back(whole);
  return resources;
}

}  // namespace rondo
