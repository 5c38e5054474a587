#include <chrono>
#include <filesystem>

#include "app/bench/cell_experiment.h"
#include "app/bench/measure_cell.h"
#include "app/bench/prepared_text.h"
#include "app/data/line_reader.h"
#include "app/data/parallel_corpus.h"
#include "app/data/tokenizer_files.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/errors.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_of(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Values rates(double lines, double tokens, double seconds) {
  return {{"lines_per_second", lines / seconds}, {"tokens_per_second", tokens / seconds}};
}

struct LabelledLines {
  std::vector<std::string> texts{}, labels{};
};

// Lines text<TAB>label, the first a head.
LabelledLines read_labelled(const std::string& file) {
  LabelledLines read;
  LineReader lines(file);
  std::string line;
  lines.next(line);
  while (lines.next(line)) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    read.texts.push_back(line.substr(0, tab));
    read.labels.push_back(line.substr(tab + 1));
  }
  if (read.texts.empty()) throw DataError(file + ": has no labelled lines");
  return read;
}

double accuracy(const std::vector<Scored>& scored, const std::vector<std::string>& names,
                const LabelledLines& test) {
  double right = 0;
  for (size_t i = 0; i < test.labels.size(); ++i) {
    const auto& decided = scored[i].decided;
    right += decided.size() == 1 && names[static_cast<size_t>(decided[0])] == test.labels[i];
  }
  return 100 * right / static_cast<double>(test.labels.size());
}

}  // namespace

Values measure_tokenizing(const CellSettings& settings) {
  const auto tokenizer = read_tokenizer(text_file(settings, "joint.model"));
  const std::vector<std::string> lines = read_lines(text_file(settings, "train.src"));
  const auto start = Clock::now();
  const TokenTable table = encode_all(*tokenizer, lines, settings.threads);
  return rates(static_cast<double>(table.size()), static_cast<double>(table.tokens()),
               seconds_of(start));
}

// The same lines again and again until there are enough.
Values measure_classifying(const CellSettings& settings) {
  const SentimentScorer scorer(
      model_file_of(settings),
      {.precision = experiment_of(settings).training.precision, .num_threads = settings.threads});
  const LabelledLines test = read_labelled(text_file(settings, "labelled.test"));
  std::vector<std::string> lines = test.texts;
  while (static_cast<int64_t>(lines.size() + test.texts.size()) <= settings.lines) {
    lines.insert(lines.end(), test.texts.begin(), test.texts.end());
  }
  scorer.score(std::span(lines).first(std::min<size_t>(lines.size(), 64)));
  const auto start = Clock::now();
  const std::vector<Scored> scored = scorer.score(lines);
  return {{"lines_per_second", static_cast<double>(lines.size()) / seconds_of(start)},
          {"accuracy", accuracy(scored, scorer.labels(), test)}};
}

Values measure_reading(const CellSettings& settings) {
  const std::string prefix = text_file(settings, "generated_" + std::to_string(settings.lines));
  const ParallelFiles files{prefix + ".src", prefix + ".trg"};
  generate_text({.lines = settings.lines}, prefix, "src", "trg");
  const auto tokenizer = read_tokenizer(text_file(settings, "joint.model"));
  const auto start = Clock::now();
  const ParallelCorpus corpus =
      load_parallel_corpus(files, *tokenizer, *tokenizer, {.num_threads = settings.threads});
  const double seconds = seconds_of(start);
  fs::remove(files.source);
  fs::remove(files.target);
  return rates(static_cast<double>(corpus.lines_read),
               static_cast<double>(corpus.source.tokens() + corpus.target.tokens()), seconds);
}

}  // namespace rondo
