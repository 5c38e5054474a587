#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/line_stream.h"
#include "app/decoding/pair_scorer.h"

namespace rondo {

using ScorePairs = std::function<std::vector<PairScore>(std::span<const std::string> sources,
                                                        std::span<const std::string> targets)>;

// How scores are written, one line a pair.
//   plain    -12.3456
//   tokens   -12.3456<TAB>▁Ein:-0.1234 ▁Hund:-1.2345 </s>:-0.0123
//   JSON     {"line": 0, "log_prob": ..., "tokens": 3, "target_pieces": [...], ...}
enum class ScoreFormat { plain, tokens, json };
std::string format_score(int64_t line, const PairScore& score, ScoreFormat format);

struct ScoreTotals {
  int64_t pairs = 0;
  int64_t tokens = 0;  // of the targets, </s> counted
  double log_prob = 0;
  bool sources_longer = false;  // one side ended before the other, which was at line pairs + 1
  bool targets_longer = false;
};

// Scores pairs of lines as they come, at most `window` at once, and writes them in order; stops
// where either side ends, or output takes no more.
ScoreTotals score_stream(const LineSource& sources, const LineSource& targets, size_t window,
                         const ScorePairs& score, ScoreFormat format, std::ostream& output);

}  // namespace rondo
