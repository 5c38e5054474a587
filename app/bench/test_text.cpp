#include "app/bench/test_text.h"

#include <algorithm>

#include "app/bench/cell_experiment.h"
#include "app/data/line_reader.h"
#include "app/metrics/bleu.h"

namespace rondo {
namespace {

std::vector<std::string> first_lines(const std::string& file, int64_t lines) {
  std::vector<std::string> all = read_lines(file);
  if (lines > 0) all.resize(std::min(all.size(), static_cast<size_t>(lines)));
  return all;
}

}  // namespace

TestText read_test(const CellSettings& settings) {
  return {.sources = first_lines(text_file(settings, "test.src"), settings.lines),
          .references = first_lines(text_file(settings, "test.trg"), settings.lines)};
}

TestingOptions testing_of(const CellSettings& settings) {
  TestingOptions testing;
  testing.search.beam_size = settings.beam;
  testing.batch_size = settings.kind == "racing" ? 64 : settings.batch_sentences;
  return testing;
}

double bleu_of(const std::vector<std::vector<Translation>>& answers, const TestText& test) {
  std::vector<std::string> texts;
  for (const auto& best : answers) texts.push_back(best.front().text);
  return corpus_bleu(texts, test.references).score;
}

}  // namespace rondo
