#include <stdexcept>

#include "app/metrics/classification_report.h"
#include "app/metrics/ranking.h"
#include "app/metrics/resampling.h"

namespace rondo {
namespace {

constexpr MetricName kMetrics[] = {{"mae", "mean absolute error"},
                                   {"rmse", "root mean squared error"},
                                   {"pearson", "Pearson correlation"},
                                   {"spearman", "Spearman correlation"}};

}  // namespace

ValueReport make_report(const ValuePredictions& predictions, const ReportOptions& options) {
  const std::vector<double>& predicted = predictions.predicted;
  const std::vector<double>& truth = predictions.truth;
  if (predicted.size() != truth.size()) {
    throw std::invalid_argument("a report needs a prediction for each value");
  }
  const Ranking predicted_ranking(predicted), true_ranking(truth);
  const auto scores_of = [&](Draws draws) -> std::vector<double> {
    return {mean_absolute_error(predicted, truth, draws),
            root_mean_squared_error(predicted, truth, draws), pearson(predicted, truth, draws),
            pearson(predicted_ranking.mean_ranks(draws), true_ranking.mean_ranks(draws), draws)};
  };
  const auto examples = static_cast<int64_t>(truth.size());
  const auto measured = with_intervals(examples, scores_of, options.bootstrap);
  return {.options = options, .examples = examples, .metrics = named(kMetrics, measured)};
}

}  // namespace rondo
