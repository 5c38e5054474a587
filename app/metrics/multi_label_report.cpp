#include <stdexcept>

#include "app/metrics/classification_report.h"
#include "app/metrics/multi_label.h"
#include "app/metrics/ranking.h"
#include "app/metrics/resampling.h"

namespace rondo {
namespace {

constexpr MetricName kMetrics[] = {{"accuracy", "all labels right"},
                                   {"hamming_loss", "Hamming loss"},
                                   {"micro_precision", "micro precision"},
                                   {"micro_recall", "micro recall"},
                                   {"micro_f1", "micro F1"},
                                   {"macro_f1", "macro F1"},
                                   {"auc", "ROC AUC"}};

void check(const LabelPredictions& predictions, size_t labels) {
  if (predictions.labels < 1 || labels != static_cast<size_t>(predictions.labels)) {
    throw std::invalid_argument("a report needs a name for each label");
  }
  const size_t cells = predictions.truth.size();
  if (predictions.probabilities.size() != cells || cells % labels != 0) {
    throw std::invalid_argument("a report needs a probability for each example and label");
  }
}

}  // namespace

MultiLabelReport make_report(const LabelPredictions& predictions,
                             const std::vector<std::string>& labels, const ReportOptions& options) {
  check(predictions, labels.size());
  const LabelHits hits = label_hits(predictions, options.threshold);
  const ClassRankings rankings(predictions);
  const auto scores_of = [&](Draws draws) -> std::vector<double> {
    const MultiLabelScores scores = multi_label_scores(hits, draws);
    return {scores.subset_accuracy,      scores.hamming_loss, scores.micro_precision,
            scores.micro_recall,         scores.micro_f1,     scores.macro_f1,
            rankings.mean_roc_auc(draws)};
  };
  const auto measured = with_intervals(hits.examples, scores_of, options.bootstrap);
  return {.options = options,
          .examples = hits.examples,
          .labels = labels,
          .metrics = named(kMetrics, measured),
          .by_label = multi_label_scores(hits).by_label};
}

}  // namespace rondo
