#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/decoding/penalties.h"

namespace rondo {

// Where a hypothesis left the beam, enough to trace it back.
struct Ending {
  double score = 0;             // what hypotheses are ranked by
  double coverage_penalty = 0;  // part of score, at most 0
  double end_log_prob = 0;      // of </s>; unused when cut
  int64_t step = 0;             // tokens it has, </s> not counted
  int64_t row = 0;              // among the rows scored at that step
  bool cut = false;             // stopped by the length limit, without </s>
};

// One live hypothesis at one step, as the search reports it.
struct RowReport {
  double log_prob = 0;          // of its tokens so far
  double end_log_prob = 0;      // of </s> now; -inf when </s> is not among the best candidates
  double coverage_penalty = 0;  // were it to end now
};

// Keeps the finished hypotheses of one sentence and knows when to stop: when no live one can beat
// the kept ones (as Huang et al. 2017, with a bound that holds for any later length), when as many
// have ended as the beam is wide, or at the length limit.
class FinishRule {
 public:
  FinishRule(const LengthLimits& limits, const SearchOptions& options);

  // The live rows of one step, the first of them numbered first_row, and the best log-probability
  // among the hypotheses that would go on. True when the sentence is done.
  bool step(int64_t step, int64_t first_row, std::span<const RowReport> rows, double best_live);

  const std::vector<Ending>& endings() const { return kept_; }  // best first

 private:
  void keep(const Ending& ending);  // among equals the earlier stands first
  void keep_unfinished(int64_t step, int64_t first_row, std::span<const RowReport> rows);
  bool decided(int64_t step, double best_live) const;

  LengthLimits limits_;
  size_t capacity_ = 1;
  double alpha_ = 0;
  size_t width_ = 1;
  size_t ended_ = 0;  // with </s>, kept or not
  std::vector<Ending> kept_;
};

}  // namespace rondo
