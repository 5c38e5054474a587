#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/metrics/bootstrap.h"
#include "app/metrics/corpus_metric.h"
#include "app/metrics/references.h"

namespace rondo {

using Metrics = std::vector<std::unique_ptr<CorpusMetric>>;

struct SystemOutput {
  std::string name;
  std::vector<std::string> lines;
};

// One metric of one system.
struct MetricResult {
  std::string name;
  std::string signature;
  double score = 0;
  std::string details;
  CorpusMetric::Numbers parts;
  std::optional<Confidence> confidence{};  // with a bootstrap
  std::optional<double> p_value{};         // against the first system
};

struct SystemResult {
  std::string system;
  std::vector<MetricResult> metrics;
};

// Scores each system. With a bootstrap, also the 95% interval of each score, and whether each
// system's score differs from that of the first one, the baseline. Throws DataError that names the
// system when its lines are not as many as the references'.
std::vector<SystemResult> evaluate_systems(std::span<const SystemOutput> systems,
                                           const References& references, const Metrics& metrics,
                                           const std::optional<BootstrapOptions>& bootstrap);

// [line][metric]
std::vector<std::vector<double>> evaluate_sentences(const SystemOutput& system,
                                                    const References& references,
                                                    const Metrics& metrics);

}  // namespace rondo
