#include "app/metrics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/metrics/pcg64.h"

namespace rondo {
namespace {

void add(std::vector<double>& sum, std::span<const double> row) {
  for (size_t i = 0; i < sum.size(); ++i) sum[i] += row[i];
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::vector<double> StatisticsTable::sum() const {
  std::vector<double> total(width);
  for (size_t i = 0; i < sentences(); ++i) add(total, row(i));
  return total;
}

std::vector<double> resampled_scores(const StatisticsTable& table, const StatisticsScore& score,
                                     const BootstrapOptions& options) {
  Pcg64 random(options.seed);
  const auto sentences = static_cast<uint32_t>(table.sentences());
  std::vector<double> scores;
  std::vector<double> sum(table.width);
  for (int64_t sample = 0; sample < options.samples; ++sample) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (uint32_t i = 0; i < sentences; ++i) add(sum, table.row(random.below(sentences)));
    scores.push_back(score(sum));
  }
  return scores;
}

Confidence confidence_of(std::vector<double> scores) {
  std::sort(scores.begin(), scores.end());
  const size_t tail = scores.size() / 40;
  const double low = scores[tail], high = scores[scores.size() - tail - 1];
  return {mean(scores), 0.5 * (high - low)};
}

double paired_p_value(std::span<const double> baseline, std::span<const double> system,
                      double difference) {
  std::vector<double> differences;
  for (size_t i = 0; i < baseline.size(); ++i) {
    differences.push_back(std::abs(system[i] - baseline[i]));
  }
  // Centred, they are the differences that chance makes (Riezler and Maxwell 2005).
  const double centre = mean(differences);
  const auto extreme = std::count_if(differences.begin(), differences.end(),
                                     [&](double d) { return d - centre > std::abs(difference); });
  return static_cast<double>(extreme + 1) / static_cast<double>(differences.size() + 1);
}

}  // namespace rondo
