#include "app/decoding/finish_rule.h"

#include <algorithm>
#include <cmath>

namespace rondo {

FinishRule::FinishRule(const LengthLimits& limits, const SearchOptions& options)
    : limits_(limits),
      capacity_(static_cast<size_t>(std::clamp<int64_t>(options.n_best, 1, options.beam_size))),
      alpha_(options.beam_alpha),
      width_(static_cast<size_t>(options.beam_size)) {}

bool FinishRule::step(int64_t step, int64_t first_row, std::span<const RowReport> rows,
                      double best_live) {
  const double penalty = length_penalty(step + 1, alpha_);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (std::isinf(rows[i].log_prob + rows[i].end_log_prob)) continue;
    const double coverage = rows[i].coverage_penalty;
    ++ended_;
    keep({.score = (rows[i].log_prob + rows[i].end_log_prob) / penalty + coverage,
          .coverage_penalty = coverage,
          .end_log_prob = rows[i].end_log_prob,
          .step = step,
          .row = first_row + static_cast<int64_t>(i)});
  }
  if (step < limits_.max && !std::isinf(best_live)) return decided(step, best_live);
  keep_unfinished(step, first_row, rows);
  return true;
}

void FinishRule::keep(const Ending& ending) {
  const auto worse = [](double score, const Ending& other) { return score > other.score; };
  kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), ending.score, worse), ending);
  if (kept_.size() > capacity_) kept_.pop_back();
}

// Only to fill what the finished ones left free, so that there is always an answer.
void FinishRule::keep_unfinished(int64_t step, int64_t first_row, std::span<const RowReport> rows) {
  for (size_t i = 0; i < rows.size() && kept_.size() < capacity_; ++i) {
    const bool live = std::isinf(rows[i].end_log_prob) && !std::isinf(rows[i].log_prob);
    if (!live && !kept_.empty()) continue;  // ended just now, or ruled out
    const double coverage = rows[i].coverage_penalty;
    const int64_t length = std::max<int64_t>(step, 1);
    keep({.score = rows[i].log_prob / length_penalty(length, alpha_) + coverage,
          .coverage_penalty = coverage,
          .step = step,
          .row = first_row + static_cast<int64_t>(i),
          .cut = true});
  }
}

bool FinishRule::decided(int64_t step, double best_live) const {
  if (kept_.size() < capacity_) return false;
  if (ended_ >= width_) return true;
  // A hypothesis that goes on has step + 1 tokens and </s> at least, the limit and </s> at most.
  return best_reachable_score(best_live, step + 2, limits_.max + 1, alpha_) <= kept_.back().score;
}

}  // namespace rondo
