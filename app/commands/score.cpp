#include <CLI/CLI.hpp>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/data/line_reader.h"
#include "app/decoding/score_stream.h"
#include "app/errors.h"

namespace rondo {
namespace {

struct ScoreArguments {
  std::string model, source, target;
  bool json = false, tokens = false;
  PairScorerOptions options;
};

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

void run_score(const ScoreArguments& a) {
  LineReader sources(existing_text_file(a.source)), targets(existing_text_file(a.target));
  PairScorer scorer(a.model, a.options);
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

}  // namespace

void add_score(CLI::App& app) {
  auto a = std::make_shared<ScoreArguments>();
  CLI::App* command = app.add_subcommand(
      "score", "The log-probability of each line of TGT as the translation of its line of SRC.");
  command->add_option("model", a->model, "a model file (*.rondo)")->required();
  command->add_option("source", a->source, "text, plain or .gz")->required();
  command->add_option("target", a->target, "text, plain or .gz")->required();
  command->add_flag("--tokens", a->tokens, "each token's log-probability too");
  command->add_flag("--json", a->json, "one JSON object a line")->excludes("--tokens");
  command->add_option("--batch-size", a->options.batch_size, "pairs scored at once")
      ->check(at_least(1));
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a] { run_score(*a); });
}

}  // namespace rondo
