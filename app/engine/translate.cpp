#include "app/engine/translate.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

#include "app/data/line_reader.h"
#include "app/decoding/ready_model.h"
#include "app/decoding/shard.h"
#include "app/decoding/translation_stream.h"
#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/storage/tensor_header.h"

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;

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

LineSource lines_of(const std::string& file) {
  return [reader = std::make_shared<LineReader>(existing_text_file(file))](std::string& line) {
    return reader->next(line);
  };
}

}  // namespace

void run_translate(const TranslateArguments& arguments) {
  TranslateArguments a = arguments;
  sort_inputs(a);
  const Shard shard = parse_shard(a.shard);
  check_shard(shard, a.file);
  LineSource lines = lines_of(a.file);
  int64_t first_line = 0;
  if (!shard.whole()) {
    const int64_t all = count_items(lines_of(a.file));
    first_line = shard.begin(all);
    lines = part_of(std::move(lines), first_line, shard.end(all));
  }
  const auto models = load_models(a);
  const auto testing = testing_options(a, models.front()->experiment.testing);
  a.format.n_best = a.n_best.has_value();
  Translator translator(
      models, {.testing = testing,
               .precision = a.precision,
               .with_attention = a.format.json || a.format.alignments != AlignmentFormat::none,
               .ensemble = {.combine = a.combine, .weights = a.weights}});
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the stream, not the program
  const auto start = Clock::now();
  auto stream = make_stream(a, translator, testing.batch_size, start);
  stream.first_line = first_line;
  errno = 0;
  run_stream(std::move(lines), stream, std::cout);
  if (!std::cout && errno != EPIPE) {
    throw DataError(std::string("standard output: ") + std::strerror(errno));
  }
  if (shows_progress(a)) std::cerr << '\r';
  std::cerr << "translated " << describe(translator.report(), seconds_since(start)) << '\n';
}

}  // namespace rondo
