#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/data/line_reader.h"
#include "app/decoding/ready_model.h"
#include "app/decoding/translation_stream.h"
#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/storage/tensor_header.h"

namespace rondo {

template <>
inline constexpr auto kNames<AlignmentFormat> = std::to_array<EnumName<AlignmentFormat>>({
    {AlignmentFormat::hard, "hard"},
    {AlignmentFormat::soft, "soft"},
});

template <>
inline constexpr auto kNames<Combination> = std::to_array<EnumName<Combination>>({
    {Combination::mean, "mean"},
    {Combination::log, "log"},
});

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kFooter =
    "Several models, trained with other seeds or other options on the same text and vocabulary,\n"
    "translate better together than the best of them, at the time of all:\n"
    "  rondo translate a.rondo b.rondo c.rondo text.en > text.de\n"
    "A last argument that is no model file is the text. Snapshots of one run (cosine_cycles) can\n"
    "take the place of several runs.";

// What was said on the command line; what was not keeps the value of the model's testing section.
struct TranslateArguments {
  std::vector<std::string> inputs;  // models, then perhaps a text
  std::vector<std::string> models;  // of --models; then inputs may hold a text alone
  std::string file = "-";
  Combination combine = Combination::mean;
  std::string weights;
  std::optional<int64_t> beam_size, n_best, batch_size, no_repeat_ngram_size;
  std::optional<std::string> shortlist;
  std::optional<int64_t> shortlist_first, shortlist_best;
  std::optional<double> shortlist_threshold;
  std::optional<double> beam_alpha, coverage_penalty, min_length_ratio, max_length_ratio;
  bool crop = false, generate_unk = false;
  TranslationFormat format;
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;
  int64_t num_threads = 0;
};

bool is_model(const std::string& name) {
  return name.ends_with(".rondo") || name.ends_with(".ckpt") || has_tensor_header(name);
}

bool ends_with_text(const TranslateArguments& a) {
  if (a.inputs.empty()) return false;
  return !a.models.empty() || (a.inputs.size() > 1 && !is_model(a.inputs.back()));
}

// Which inputs are models and which is the text.
void sort_inputs(TranslateArguments& a) {
  std::vector<std::string> names = a.inputs;
  if (ends_with_text(a)) {
    a.file = names.back();
    names.pop_back();
  }
  if (!a.models.empty() && !names.empty()) {
    throw ConfigError("--models: beside it only a text can be given, not also " + names.front());
  }
  if (a.models.empty()) a.models = names;
  if (a.models.empty()) throw ConfigError("translate: give a model file (*.rondo)");
}

void add_ensemble_options(CLI::App& command, TranslateArguments& a) {
  command.add_option("input", a.inputs,
                     "model files (*.rondo), several to translate together, then perhaps a text, "
                     "plain or .gz; - is standard input");
  command.add_option("--models", a.models,
                     "the same models named apart; the text, if any, stands before it");
  command
      .add_option("--combine", a.combine,
                  "several models: mean (default) of their probabilities, or log, of the "
                  "logarithms, which one model's no makes a no")
      ->transform(by_name<Combination>())
      ->type_name("NAME");
  command.add_option("--weights", a.weights, "several models: of each, as 0.5,0.3,0.2")
      ->check(number_list());
}

void add_search_options(CLI::App& command, TranslateArguments& a) {
  command.add_option("--beam", a.beam_size, "hypotheses kept a sentence; 1 = greedy")
      ->check(at_least(1));
  command
      .add_option("--beam-alpha", a.beam_alpha,
                  "length normalisation ((5 + length) / 6)^alpha; 0 = off")
      ->check(at_least(0));
  command
      .add_option("--coverage-penalty", a.coverage_penalty,
                  "cost of source words not attended to; 0 = off")
      ->check(at_least(0));
  command
      .add_option("--max-length-ratio", a.max_length_ratio,
                  "longest translation, in tokens a source token, plus 10")
      ->check(at_least(0));
  command
      .add_option("--min-length-ratio", a.min_length_ratio,
                  "shortest translation, in tokens a source token")
      ->check(at_least(0));
  command
      .add_option("--no-repeat-ngram-size", a.no_repeat_ngram_size,
                  "n-grams of this size come at most once; 0 = off")
      ->check(at_least(0));
  command.add_flag("--generate-unk", a.generate_unk, "<unk> may be put out");
}

void add_output_options(CLI::App& command, TranslateArguments& a) {
  command
      .add_option("--n-best", a.n_best,
                  "this many translations a line, as id ||| text ||| features ||| score")
      ->check(at_least(1));
  command
      .add_flag("--alignments{hard}", a.format.alignments,
                "which source word each word comes from (0-0 1-2); --alignments=soft for the "
                "weights of each piece")
      ->transform(by_name<AlignmentFormat>());
  command.add_flag("--scores", a.format.scores, "each text with its score");
  command.add_flag("--json", a.format.json, "one JSON object a line, with all that is known");
}

void add_shortlist_options(CLI::App& command, TranslateArguments& a) {
  command
      .add_option("--shortlist", a.shortlist,
                  "consider only the target pieces that this file of `rondo shortlist` gives for "
                  "the source; model = the one in the model file, off = all pieces")
      ->type_name("FILE");
  command
      .add_option("--shortlist-first", a.shortlist_first,
                  "the most frequent target pieces, always considered")
      ->check(at_least(0));
  command
      .add_option("--shortlist-best", a.shortlist_best,
                  "likeliest target pieces of each source piece")
      ->check(at_least(0));
  command.add_option("--shortlist-threshold", a.shortlist_threshold, "least probability of these")
      ->check(CLI::Range(0.0, 1.0));
}

ShortlistOptions shortlist_options(const TranslateArguments& a, ShortlistOptions options) {
  options.table = a.shortlist.value_or(options.table);
  if (options.table == "off") options.table = "";
  options.first = a.shortlist_first.value_or(options.first);
  options.best = a.shortlist_best.value_or(options.best);
  options.threshold = a.shortlist_threshold.value_or(options.threshold);
  const bool tuned = a.shortlist_first || a.shortlist_best || a.shortlist_threshold;
  if (tuned && options.table.empty()) {
    throw ConfigError("--shortlist-first, -best and -threshold need a --shortlist");
  }
  return options;
}

TestingOptions testing_options(const TranslateArguments& a, TestingOptions testing) {
  SearchOptions& search = testing.search;
  search.beam_size = a.beam_size.value_or(search.beam_size);
  search.n_best = a.n_best.value_or(1);
  if (search.n_best > search.beam_size && !a.beam_size) search.beam_size = search.n_best;
  if (search.n_best > search.beam_size) {
    throw ConfigError("--n-best: " + std::to_string(search.n_best) + " is more than --beam (" +
                      std::to_string(search.beam_size) + ")");
  }
  search.beam_alpha = a.beam_alpha.value_or(search.beam_alpha);
  search.coverage_penalty = a.coverage_penalty.value_or(search.coverage_penalty);
  search.min_length_ratio = a.min_length_ratio.value_or(search.min_length_ratio);
  search.max_length_ratio = a.max_length_ratio.value_or(search.max_length_ratio);
  search.no_repeat_ngram_size = a.no_repeat_ngram_size.value_or(search.no_repeat_ngram_size);
  search.generate_unk = search.generate_unk || a.generate_unk;
  testing.batch_size = a.batch_size.value_or(testing.batch_size);
  testing.crop_long_input = testing.crop_long_input || a.crop;
  testing.shortlist = shortlist_options(a, testing.shortlist);
  return testing;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Only for eyes, and not between the lines of somebody who types.
bool shows_progress(const TranslateArguments& a) {
  const bool typed = a.file == "-" && isatty(STDIN_FILENO);
  return isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) && !typed;
}

TranslationStream make_stream(const TranslateArguments& a, Translator& translator,
                              int64_t batch_size, Clock::time_point start) {
  TranslationStream stream{
      .translate = [&](std::span<const std::string> lines) { return translator.translate(lines); },
      .format = a.format};
  stream.window.first = static_cast<size_t>(batch_size);
  stream.window.most = stream.window.first * 32;
  if (shows_progress(a)) {
    stream.progress = [start](int64_t lines) {
      std::cerr << "\r" << lines << " lines, "
                << static_cast<double>(lines) / std::max(seconds_since(start), 1e-3)
                << " lines/s   " << std::flush;
    };
  }
  return stream;
}

std::vector<std::shared_ptr<TranslationModel>> load_models(const TranslateArguments& a) {
  std::vector<std::shared_ptr<TranslationModel>> models;
  const std::vector<std::filesystem::path> paths(a.models.begin(), a.models.end());
  for (const auto& ready : load_ready_models(paths, a.device, a.precision, a.num_threads)) {
    models.push_back(ready.model);
  }
  return models;
}

void run_translate(TranslateArguments a) {
  sort_inputs(a);
  LineSource lines = [reader = std::make_shared<LineReader>(existing_text_file(a.file))](
                         std::string& line) { return reader->next(line); };
  const auto models = load_models(a);
  const auto testing = testing_options(a, models.front()->experiment.testing);
  a.format.n_best = a.n_best.has_value();
  Translator translator(
      models, {.testing = testing,
               .precision = a.precision,
               .with_attention = a.format.json || a.format.alignments != AlignmentFormat::none,
               .ensemble = {.combine = a.combine, .weights = numbers_in(a.weights)}});
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the stream, not the program
  const auto start = Clock::now();
  const auto stream = make_stream(a, translator, testing.batch_size, start);
  errno = 0;
  run_stream(std::move(lines), stream, std::cout);
  if (!std::cout && errno != EPIPE) {
    throw DataError(std::string("standard output: ") + std::strerror(errno));
  }
  if (shows_progress(a)) std::cerr << '\r';
  std::cerr << "translated " << describe(translator.report(), seconds_since(start)) << '\n';
}

}  // namespace

void add_translate(CLI::App& app) {
  auto a = std::make_shared<TranslateArguments>();
  CLI::App* command =
      app.add_subcommand("translate", "Translate lines: as many come out as go in, in order.");
  add_ensemble_options(*command, *a);
  add_search_options(*command, *a);
  add_shortlist_options(*command, *a);
  add_output_options(*command, *a);
  command->add_option("--batch-size", a->batch_size, "sentences translated at once")
      ->check(at_least(1));
  command->add_flag("--crop", a->crop, "crop over-long lines instead of translating their parts");
  add_machine_options(*command, a->device, a->precision, a->num_threads);
  command->footer(kFooter);
  command->callback([a] { run_translate(*a); });
}

}  // namespace rondo
