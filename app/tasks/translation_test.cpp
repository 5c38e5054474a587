#include "app/tasks/translation_test.h"

#include <cstdio>
#include <vector>

#include "app/data/parallel_corpus.h"
#include "app/decoding/translator.h"
#include "app/metrics/bleu.h"
#include "app/metrics/chrf.h"

namespace rondo {

std::string translation_test_report(const Experiment& experiment,
                                    const std::filesystem::path& model) {
  const ParallelLines lines = read_parallel_lines(experiment.data.test);
  TestingOptions testing = experiment.testing;
  testing.shortlist = {};  // the model is measured with all its pieces
  Translator translator(model, {.testing = testing,
                                .device = experiment.training.device,
                                .precision = Precision::fp32,
                                .num_threads = experiment.training.num_threads,
                                .with_attention = false});
  std::vector<std::string> hypotheses;
  for (const auto& candidates : translator.translate(lines.source)) {
    hypotheses.push_back(candidates.front().text);
  }
  char text[120];
  std::snprintf(text, sizeof text, "test: BLEU %.2f, chrF %.2f (beam %lld, %zu lines)",
                corpus_bleu(hypotheses, lines.target).score,
                corpus_chrf(hypotheses, lines.target).score,
                static_cast<long long>(experiment.testing.search.beam_size), hypotheses.size());
  return text;
}

}  // namespace rondo
