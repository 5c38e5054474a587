#include "app/metrics/classification_report.h"

#include <functional>
#include <stdexcept>

#include "app/metrics/probability_metrics.h"
#include "app/metrics/ranking.h"
#include "app/metrics/resampling.h"

namespace rondo {
namespace {

constexpr MetricName kMetrics[] = {{"accuracy", "accuracy"},
                                   {"macro_precision", "macro precision"},
                                   {"macro_recall", "macro recall"},
                                   {"macro_f1", "macro F1"},
                                   {"micro_f1", "micro F1"},
                                   {"weighted_f1", "weighted F1"},
                                   {"mcc", "Matthews correlation"},
                                   {"auc", "ROC AUC"},
                                   {"log_loss", "log loss"},
                                   {"brier", "Brier score"},
                                   {"ece", "calibration error"},
                                   {"mae", "mean class distance"},
                                   {"quadratic_kappa", "quadratic kappa"}};

// Scores resampled texts; holds what stays the same from one to the next.
struct ClassScorer {
  const ClassPredictions& predictions;
  const ReportOptions& options;
  std::vector<int64_t> decided = predictions.decided(options.threshold);
  std::vector<ExampleScore> examples = example_scores(predictions, options.bins);
  ClassRankings rankings{predictions};

  ConfusionMatrix confusion(Draws draws = {}) const {
    return confusion_matrix(predictions.truth, decided, predictions.classes, draws);
  }

  // In the order of kMetrics.
  std::vector<double> operator()(Draws draws) const {
    const ConfusionMatrix matrix = confusion(draws);
    const AverageScores macro = macro_scores(matrix);
    const double right = accuracy(matrix);
    const ProbabilityScores chances = probability_scores(examples, options.bins, draws);
    std::vector<double> scores{right,
                               macro.precision,
                               macro.recall,
                               macro.f1,
                               right,  // the micro F1
                               weighted_scores(matrix).f1,
                               matthews(matrix),
                               rankings.mean_roc_auc(draws),
                               chances.log_loss,
                               chances.brier_score,
                               chances.calibration_error};
    if (options.ordinal) {
      scores.insert(scores.end(), {class_distance(matrix), quadratic_kappa(matrix)});
    }
    return scores;
  }
};

void require(bool holds, const char* otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

void check(const ClassPredictions& predictions, size_t labels, const ReportOptions& options) {
  require(predictions.classes >= 1 && labels == static_cast<size_t>(predictions.classes),
          "a report needs a label for each class");
  require(predictions.probabilities.size() == predictions.truth.size() * labels,
          "a report needs a probability for each example and class");
  for (const int64_t truth : predictions.truth) {
    require(truth >= 0 && truth < predictions.classes, "a true class is none of the classes");
  }
  require(options.bins >= 1, "a reliability diagram needs a bin");
}

}  // namespace

bool uses_threshold(const ClassificationReport& report) { return report.labels.size() == 2; }

ClassificationReport make_report(const ClassPredictions& predictions,
                                 const std::vector<std::string>& labels,
                                 const ReportOptions& options) {
  check(predictions, labels.size(), options);
  const ClassScorer scorer{predictions, options};
  const auto measured = with_intervals(predictions.size(), std::cref(scorer), options.bootstrap);
  ClassificationReport report{.options = options,
                              .examples = predictions.size(),
                              .labels = labels,
                              .metrics = named(kMetrics, measured),
                              .confusion = scorer.confusion(),
                              .reliability = reliability(scorer.examples, options.bins)};
  for (const ClassCounts& counts : class_counts(report.confusion)) {
    report.by_class.push_back(class_scores(counts));
  }
  return report;
}

}  // namespace rondo
