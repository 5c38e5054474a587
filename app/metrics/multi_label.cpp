#include "app/metrics/multi_label.h"

#include <cmath>

namespace rondo {
namespace {

// Counts over examples, each as often as it was drawn.
struct Tally {
  int64_t wrong_labels = 0;
  int64_t wrong_examples = 0;
  ClassCounts all{};
  std::vector<ClassCounts> by_label{};
};

void add(ClassCounts& counts, const LabelHit& hit, int64_t times) {
  counts.truth += hit.truth ? times : 0;
  counts.predicted += hit.given ? times : 0;
  counts.right += hit.truth && hit.given ? times : 0;
}

Tally tally_of(const LabelHits& hits, Draws draws) {
  Tally tally;
  tally.by_label.resize(static_cast<size_t>(hits.labels));
  int64_t last_wrong = -1;  // example
  for (const LabelHit& hit : hits.hits) {
    const int64_t times = times_drawn(draws, hit.example);
    add(tally.all, hit, times);
    add(tally.by_label[hit.label], hit, times);
    if (hit.truth == hit.given) continue;
    tally.wrong_labels += times;
    if (last_wrong != hit.example) tally.wrong_examples += times;
    last_wrong = hit.example;
  }
  return tally;
}

double share(int64_t part, int64_t whole) {
  return ratio(static_cast<double>(part), static_cast<double>(whole));
}

double mean_f1(const std::vector<ClassScores>& by_label) {
  double sum = 0;
  for (const ClassScores& scores : by_label) sum += std::isnan(scores.f1) ? 0.0 : scores.f1;
  return ratio(sum, static_cast<double>(by_label.size()));
}

}  // namespace

LabelHits label_hits(const LabelPredictions& predictions, double threshold) {
  LabelHits hits{.examples = predictions.size(), .labels = predictions.labels};
  size_t cell = 0;
  for (int64_t example = 0; example < hits.examples; ++example) {
    for (int64_t label = 0; label < hits.labels; ++label, ++cell) {
      const bool truth = predictions.truth[cell] != 0;
      const bool given = predictions.probabilities[cell] >= threshold;
      if (!truth && !given) continue;
      hits.hits.push_back(
          {static_cast<uint32_t>(example), static_cast<uint32_t>(label), truth, given});
    }
  }
  return hits;
}

MultiLabelScores multi_label_scores(const LabelHits& hits, Draws draws) {
  const Tally tally = tally_of(hits, draws);
  const ClassScores micro = class_scores(tally.all);
  MultiLabelScores scores{
      .subset_accuracy = share(hits.examples - tally.wrong_examples, hits.examples),
      .hamming_loss = share(tally.wrong_labels, hits.examples * hits.labels),
      .micro_precision = micro.precision,
      .micro_recall = micro.recall,
      .micro_f1 = micro.f1};
  for (const ClassCounts& counts : tally.by_label) scores.by_label.push_back(class_scores(counts));
  scores.macro_f1 = hits.examples == 0 ? kNotMeasured : mean_f1(scores.by_label);
  return scores;
}

MultiLabelScores multi_label_scores(const LabelPredictions& predictions, double threshold) {
  return multi_label_scores(label_hits(predictions, threshold));
}

}  // namespace rondo
