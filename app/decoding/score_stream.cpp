#include "app/decoding/score_stream.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <ostream>

namespace rondo {
namespace {

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

std::string with_tokens(const PairScore& score) {
  std::string text = number(score.log_prob) + '\t';
  for (size_t i = 0; i < score.target_pieces.size(); ++i) {
    if (i > 0) text += ' ';
    text += score.target_pieces[i] + ':' + number(score.token_log_probs[i]);
  }
  return text;
}

std::string as_json(int64_t line, const PairScore& score) {
  const nlohmann::ordered_json json{{"line", line},
                                    {"log_prob", score.log_prob},
                                    {"tokens", score.target_pieces.size()},
                                    {"target_pieces", score.target_pieces},
                                    {"token_log_probs", score.token_log_probs}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// Pairs while both sides have one; notes in totals which side has more.
struct Window {
  std::vector<std::string> sources, targets;

  void fill(const LineSource& next_source, const LineSource& next_target, size_t most,
            ScoreTotals& totals) {
    std::string source, target;
    while (sources.size() < most) {
      const bool has_source = next_source(source), has_target = next_target(target);
      totals.sources_longer = has_source && !has_target;
      totals.targets_longer = has_target && !has_source;
      if (!has_source || !has_target) return;
      sources.push_back(source);
      targets.push_back(target);
    }
  }
};

}  // namespace

std::string format_score(int64_t line, const PairScore& score, ScoreFormat format) {
  switch (format) {
    case ScoreFormat::tokens:
      return with_tokens(score) + '\n';
    case ScoreFormat::json:
      return as_json(line, score) + '\n';
    case ScoreFormat::plain:
      break;
  }
  return number(score.log_prob) + '\n';
}

ScoreTotals score_stream(const LineSource& sources, const LineSource& targets, size_t window,
                         const ScorePairs& score, ScoreFormat format, std::ostream& output) {
  ScoreTotals totals;
  while (output.good()) {
    Window lines;
    lines.fill(sources, targets, window, totals);
    if (lines.sources.empty()) break;
    for (const auto& pair : score(lines.sources, lines.targets)) {
      output << format_score(totals.pairs, pair, format);
      ++totals.pairs;
      totals.tokens += static_cast<int64_t>(pair.token_log_probs.size());
      totals.log_prob += pair.log_prob;
    }
    output.flush();
    if (lines.sources.size() < window) break;
  }
  return totals;
}

}  // namespace rondo
