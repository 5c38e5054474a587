#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <sstream>

#include "app/commands/commands.h"
#include "app/data/line_reader.h"
#include "app/errors.h"
#include "app/metrics/evaluation.h"
#include "app/metrics/report.h"

namespace rondo {
namespace {

struct MetricsArguments {
  std::string hypothesis;
  std::vector<std::string> references;
  std::vector<std::string> other_hypotheses;  // --paired-bs
  std::string metrics = "bleu,chrf";
  std::string tokenizer = "13a";
  std::string smoothing = "exp";
  std::optional<double> smoothing_value{};
  bool lowercase = false;
  TerOptions ter{};
  BootstrapOptions bootstrap{};
  bool confidence = false, sentence = false, json = false;
  int decimals = 2;
};

void declare_inputs(CLI::App& command, MetricsArguments& arguments) {
  command.add_option("hypothesis", arguments.hypothesis, "Translations, a line each; - for stdin")
      ->required();
  command.add_option("references", arguments.references, "Reference files; .gz is read as it is")
      ->required();
  command.add_option("--metrics", arguments.metrics, "Of bleu,chrf,chrf++,ter")
      ->capture_default_str();
  command.add_flag("--sentence", arguments.sentence, "Scores of each line, tab-separated");
  command.add_flag("--json", arguments.json, "For machines, numbers in full");
  command.add_option("--width", arguments.decimals, "Decimals")
      ->check(CLI::Range(0, 15))
      ->capture_default_str();
}

void declare_metric_options(CLI::App& command, MetricsArguments& arguments) {
  command.add_option("--tokenize", arguments.tokenizer, "BLEU: 13a, none, char or intl")
      ->capture_default_str();
  command.add_option("--smooth-method", arguments.smoothing, "BLEU: exp, floor, add-k or none")
      ->capture_default_str();
  command.add_option("--smooth-value", arguments.smoothing_value, "BLEU: of floor or add-k");
  command.add_flag("--lowercase", arguments.lowercase, "BLEU and chrF without case");
  command.add_flag("--ter-normalized", arguments.ter.normalized, "TER: Tercom's tokenization");
  command.add_flag("--ter-no-punct", arguments.ter.no_punct, "TER: without punctuation");
  command.add_flag("--ter-asian-support", arguments.ter.asian_support,
                   "TER: the two above act on CJK too");
  command.add_flag("--ter-case-sensitive", arguments.ter.case_sensitive, "TER: with case");
}

void declare_bootstrap(CLI::App& command, MetricsArguments& arguments) {
  command.add_option("--paired-bs", arguments.other_hypotheses,
                     "Other systems' translations, each compared with the first");
  command.add_flag("--confidence", arguments.confidence, "95% intervals by bootstrap resampling");
  command.add_option("--bootstrap-n", arguments.bootstrap.samples, "Resampled test sets")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  command.add_option("--seed", arguments.bootstrap.seed, "Of the resampling")
      ->capture_default_str();
}

Metrics chosen_metrics(const MetricsArguments& arguments) {
  const BleuOptions bleu{.tokenizer = tokenizer_by_name(arguments.tokenizer),
                         .lowercase = arguments.lowercase,
                         .smoothing = smoothing_by_name(arguments.smoothing),
                         .smoothing_value = arguments.smoothing_value,
                         .effective_order = arguments.sentence};
  const ChrfOptions chrf{.lowercase = arguments.lowercase};
  Metrics metrics;
  std::istringstream names(arguments.metrics);
  for (std::string name; std::getline(names, name, ',');) {
    metrics.push_back(make_metric(name, {bleu, chrf, arguments.ter}));
  }
  if (metrics.empty()) throw ConfigError("--metrics: choose from bleu, chrf, chrf++ and ter");
  return metrics;
}

std::vector<SystemOutput> read_systems(const MetricsArguments& arguments) {
  std::vector<SystemOutput> systems{{arguments.hypothesis, read_lines(arguments.hypothesis)}};
  for (const auto& path : arguments.other_hypotheses) systems.push_back({path, read_lines(path)});
  return systems;
}

// The error names the files; below here a text has no name.
void check_line_counts(const SystemOutput& system, const std::string& reference, size_t lines) {
  const size_t own = system.lines.size();
  if (own == lines) return;
  const std::string& shorter = own < lines ? system.name : reference;
  throw DataError(system.name + " has " + std::to_string(own) + " lines, " + reference + " has " +
                  std::to_string(lines) + ": " + shorter + " ends after line " +
                  std::to_string(std::min(own, lines)));
}

std::vector<std::vector<std::string>> read_references(const MetricsArguments& arguments,
                                                      std::span<const SystemOutput> systems) {
  std::vector<std::vector<std::string>> references;
  for (const auto& path : arguments.references) {
    references.push_back(read_lines(path));
    for (const auto& system : systems) check_line_counts(system, path, references.back().size());
  }
  return references;
}

// The scores alone go to stdout, a line a line; what the columns are goes to stderr.
void print_sentences(const SystemOutput& system, const References& references,
                     const Metrics& metrics, const MetricsArguments& arguments) {
  const auto scores = evaluate_sentences(system, references, metrics);
  for (const auto& metric : metrics) {
    std::cerr << metric->name() << "|" << metric->signature({references.per_line()}) << "\n";
  }
  std::cout << (arguments.json ? sentence_json(scores, metrics)
                               : sentence_text(scores, arguments.decimals));
}

void run_metrics(const MetricsArguments& arguments) {
  const bool paired = !arguments.other_hypotheses.empty();
  if (arguments.sentence && (paired || arguments.confidence)) {
    throw ConfigError(
        "--sentence: resampling needs the whole text; drop --paired-bs, --confidence");
  }
  const Metrics metrics = chosen_metrics(arguments);
  const auto systems = read_systems(arguments);
  const auto references = read_references(arguments, systems);
  if (arguments.sentence) return print_sentences(systems[0], references, metrics, arguments);
  std::optional<BootstrapOptions> bootstrap;
  if (paired || arguments.confidence) bootstrap = arguments.bootstrap;
  const auto results = evaluate_systems(systems, references, metrics, bootstrap);
  std::cout << (arguments.json ? json_report(results) : text_report(results, arguments.decimals));
}

}  // namespace

void add_metrics(CLI::App& app) {
  auto arguments = std::make_shared<MetricsArguments>();
  CLI::App* command = app.add_subcommand(
      "metrics", "Score translations: BLEU, chrF, chrF++, TER, equal to sacreBLEU's");
  declare_inputs(*command, *arguments);
  declare_metric_options(*command, *arguments);
  declare_bootstrap(*command, *arguments);
  command->callback([arguments] { run_metrics(*arguments); });
}

}  // namespace rondo
