#include "app/metrics/evaluation.h"

#include <cmath>

#include "app/errors.h"

namespace rondo {
namespace {

StatisticsTable table_of(const CorpusMetric& metric, const SystemOutput& system,
                         const References& references) {
  if (system.lines.empty()) throw DataError(system.name + ": no line to score");
  try {
    return metric.table(system.lines, references);
  } catch (const DataError& error) {
    throw DataError(system.name + ": " + error.what());
  }
}

struct Evaluated {
  MetricResult result;
  std::vector<double> resampled;  // empty without a bootstrap
};

Evaluated evaluate(const CorpusMetric& metric, const SystemOutput& system,
                   const References& references, const std::optional<BootstrapOptions>& bootstrap) {
  const StatisticsTable table = table_of(metric, system, references);
  const std::vector<double> sum = table.sum();
  Evaluated evaluated{{.name = metric.name(),
                       .signature = metric.signature({references.per_line(), bootstrap}),
                       .score = metric.score(sum),
                       .details = metric.details(sum),
                       .parts = metric.parts(sum)},
                      {}};
  if (bootstrap) {
    const auto score = [&](std::span<const double> sample) { return metric.score(sample); };
    evaluated.resampled = resampled_scores(table, score, *bootstrap);
    evaluated.result.confidence = confidence_of(evaluated.resampled);
  }
  return evaluated;
}

}  // namespace

std::vector<SystemResult> evaluate_systems(std::span<const SystemOutput> systems,
                                           const References& references, const Metrics& metrics,
                                           const std::optional<BootstrapOptions>& bootstrap) {
  std::vector<SystemResult> results;
  std::vector<Evaluated> baseline;  // [metric]
  for (const SystemOutput& system : systems) {
    SystemResult result{system.name, {}};
    for (size_t m = 0; m < metrics.size(); ++m) {
      Evaluated evaluated = evaluate(*metrics[m], system, references, bootstrap);
      if (!results.empty() && bootstrap) {
        const double difference = evaluated.result.score - baseline[m].result.score;
        evaluated.result.p_value =
            paired_p_value(baseline[m].resampled, evaluated.resampled, difference);
      }
      result.metrics.push_back(evaluated.result);
      if (results.empty()) baseline.push_back(std::move(evaluated));
    }
    results.push_back(std::move(result));
  }
  return results;
}

std::vector<std::vector<double>> evaluate_sentences(const SystemOutput& system,
                                                    const References& references,
                                                    const Metrics& metrics) {
  std::vector<std::vector<double>> scores(system.lines.size());
  for (const auto& metric : metrics) {
    const StatisticsTable table = table_of(*metric, system, references);
    for (size_t i = 0; i < scores.size(); ++i) scores[i].push_back(metric->score(table.row(i)));
  }
  return scores;
}

}  // namespace rondo
