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
  std::vector<std::string> inputs;  // models, then source and target
  std::string weights;
  bool json = false, tokens = false;
  std::string shortlist;  // refused
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

void run_score(ScoreArguments a) {
  if (!a.shortlist.empty()) {
    throw ConfigError(
        "--shortlist: a given translation may hold any piece, so it is scored with all of them; "
        "leave it out");
  }
  const auto texts = a.inputs.end() - 2;
  LineReader sources(existing_text_file(texts[0])), targets(existing_text_file(texts[1]));
  a.options.weights = numbers_in(a.weights);
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

}  // namespace

void add_score(CLI::App& app) {
  auto a = std::make_shared<ScoreArguments>();
  CLI::App* command = app.add_subcommand(
      "score", "The log-probability of each line of TGT as the translation of its line of SRC.");
  command
      ->add_option("files", a->inputs,
                   "MODEL... SRC TGT: model files (*.rondo), several for the mean of their "
                   "probabilities, then both texts, plain or .gz")
      ->required()
      ->expected(3, -1);
  command->add_option("--weights", a->weights, "several models: of each, as 0.5,0.3,0.2")
      ->check(number_list());
  command->add_flag("--tokens", a->tokens, "each token's log-probability too");
  command->add_flag("--json", a->json, "one JSON object a line")->excludes("--tokens");
  command->add_option("--batch-size", a->options.batch_size, "pairs scored at once")
      ->check(at_least(1));
  command->add_option("--shortlist", a->shortlist, "refused: all pieces count in a score");
  add_machine_options(*command, a->options.device, a->options.precision, a->options.num_threads);
  command->callback([a] { run_score(*a); });
}

}  // namespace rondo
