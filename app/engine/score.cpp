#include "app/engine/score.h"

#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "app/data/line_reader.h"
#include "app/decoding/score_stream.h"
#include "app/errors.h"

namespace rondo {
namespace {

LineSource lines_of(LineReader& reader) {
  return [&reader](std::string& line) { return reader.next(line); };
}

// Reads the longer side to its end, so that the message can say both counts.
[[noreturn]] void report_unequal(LineReader& shorter, LineReader& longer, int64_t pairs) {
  std::string line;
  while (longer.next(line)) {
  }
  throw DataError(shorter.path() + ": ends after line " + std::to_string(pairs) + ", but " +
                  longer.path() + " has " + std::to_string(longer.line_number()) +
                  " lines; both need the same number");
}

void print_summary(const ScoreTotals& totals) {
  const auto tokens = static_cast<double>(totals.tokens);
  std::fprintf(stderr,
               "scored %lld pairs, %lld target tokens: log-probability %.4f, perplexity %.4f\n",
               static_cast<long long>(totals.pairs), static_cast<long long>(totals.tokens),
               totals.log_prob, std::exp(-totals.log_prob / tokens));
}

}  // namespace

void run_score(const ScoreArguments& a) {
  if (!a.shortlist.empty()) {
    throw ConfigError(
        "--shortlist: a given translation may hold any piece, so it is scored with all of them; "
        "leave it out");
  }
  const auto texts = a.inputs.end() - 2;
  LineReader sources(existing_text_file(texts[0])), targets(existing_text_file(texts[1]));
  PairScorer scorer(std::vector<std::filesystem::path>(a.inputs.begin(), texts), a.options);
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the stream, not the program
  const auto format = a.json     ? ScoreFormat::json
                      : a.tokens ? ScoreFormat::tokens
                                 : ScoreFormat::plain;
  const auto totals = score_stream(
      lines_of(sources), lines_of(targets), static_cast<size_t>(a.options.batch_size) * 16,
      [&](auto source, auto target) { return scorer.score(source, target); }, format, std::cout);
  print_summary(totals);
  if (totals.sources_longer) report_unequal(targets, sources, totals.pairs);
  if (totals.targets_longer) report_unequal(sources, targets, totals.pairs);
}

}  // namespace rondo
