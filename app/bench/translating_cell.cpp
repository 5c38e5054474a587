#include <algorithm>
#include <chrono>
#include <iterator>

#include "app/bench/cell_experiment.h"
#include "app/bench/measure_cell.h"
#include "app/bench/test_text.h"

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;
using Answers = std::vector<std::vector<Translation>>;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Each line alone, its seconds appended to `times`.
Answers one_by_one(const Translator& translator, const std::vector<std::string>& lines,
                   std::vector<double>& times) {
  Answers answers;
  for (const std::string& line : lines) {
    const auto start = Clock::now();
    auto answer = translator.translate(std::span(&line, 1));
    times.push_back(seconds_since(start));
    std::ranges::move(answer, std::back_inserter(answers));
  }
  return answers;
}

double quantile(std::vector<double> times, double share) {
  std::ranges::sort(times);
  const auto at = static_cast<size_t>(share * static_cast<double>(times.size()));
  return times[std::min(at, times.size() - 1)];
}

double target_tokens(const Answers& answers) {
  double tokens = 0;
  for (const auto& best : answers) {
    tokens += static_cast<double>(best.front().target_pieces.size());
  }
  return tokens;
}

}  // namespace

// The first sentences set things up, and are translated once more.
Values measure_translating(const CellSettings& settings) {
  const auto start = Clock::now();
  const Translator translator(model_file_of(settings),
                              {.testing = testing_of(settings),
                               .precision = experiment_of(settings).training.precision,
                               .num_threads = settings.threads});
  const double loaded = seconds_since(start);
  const TestText test = read_test(settings);
  const auto most = std::min(test.sources.size(), static_cast<size_t>(settings.batch_sentences));
  translator.translate(std::span(test.sources).first(most));
  std::vector<double> times;
  const auto began = Clock::now();
  const Answers answers = settings.batch_sentences == 1
                              ? one_by_one(translator, test.sources, times)
                              : translator.translate(test.sources);
  const double seconds = seconds_since(began);
  Values values{{"lines_per_second", static_cast<double>(answers.size()) / seconds},
                {"tokens_per_second", target_tokens(answers) / seconds},
                {"load_seconds", loaded},
                {"bleu", bleu_of(answers, test)}};
  if (!times.empty()) {
    values["p50_ms"] = 1000 * quantile(times, 0.5);
    values["p99_ms"] = 1000 * quantile(times, 0.99);
  }
  return values;
}

}  // namespace rondo
