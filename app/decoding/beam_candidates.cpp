#include "app/decoding/beam_candidates.h"

#include <algorithm>
#include <limits>

namespace rondo {

std::vector<Candidate> best_candidates(const SentenceRows& rows, const RankedTokens& best,
                                       int64_t most) {
  std::vector<Candidate> found;
  found.reserve(static_cast<size_t>(most) + 1);
  for (size_t row = 0; row < rows.totals.size(); ++row) {
    const int64_t parent = rows.first + static_cast<int64_t>(row);
    for (int64_t i = 0; i < best.each; ++i) {
      const auto place = static_cast<size_t>(parent * best.each + i);
      const Candidate next{rows.totals[row] + static_cast<double>(best.log_probs[place]), parent,
                           best.tokens[place], best.log_probs[place]};
      const bool full = found.size() == static_cast<size_t>(most);
      if (full && !(next.total > found.back().total)) break;  // the row's others are no better
      const auto worse = [](const Candidate& a, const Candidate& b) { return a.total > b.total; };
      found.insert(std::upper_bound(found.begin(), found.end(), next, worse), next);
      if (full) found.pop_back();
    }
  }
  return found;
}

std::vector<RowReport> report_rows(const SentenceRows& rows, std::span<const float> ends,
                                   std::span<const Candidate> candidates, int64_t beam_size) {
  std::vector<double> ended;
  for (size_t row = 0; row < ends.size(); ++row) {
    ended.push_back(rows.totals[row] + static_cast<double>(ends[row]));
  }
  std::vector<RowReport> reports;
  for (size_t row = 0; row < ends.size(); ++row) {
    const double own = ended[row];
    const auto before = std::count_if(ended.begin(), ended.begin() + static_cast<int64_t>(row),
                                      [&](double other) { return other >= own; });
    const auto behind = std::count_if(ended.begin() + static_cast<int64_t>(row), ended.end(),
                                      [&](double other) { return other > own; });
    const auto live = std::count_if(candidates.begin(), candidates.end(),
                                    [&](const Candidate& other) { return other.total > own; });
    const bool counts = before + behind + live < beam_size;
    reports.push_back({.log_prob = rows.totals[row],
                       .end_log_prob = counts ? static_cast<double>(ends[row])
                                              : -std::numeric_limits<double>::infinity()});
  }
  return reports;
}

}  // namespace rondo
