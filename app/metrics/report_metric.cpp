#include "app/metrics/report_metric.h"

#include <stdexcept>

namespace rondo {

const ReportMetric& metric(std::span<const ReportMetric> metrics, std::string_view key) {
  for (const ReportMetric& one : metrics) {
    if (one.key == key) return one;
  }
  throw std::out_of_range("no metric " + std::string(key));
}

std::vector<ReportMetric> named(std::span<const MetricName> names,
                                std::span<const Measured> measured) {
  std::vector<ReportMetric> metrics;
  for (size_t m = 0; m < measured.size(); ++m) {
    const Measured& number = measured[m];
    metrics.push_back({names[m].key, names[m].name, number.value, number.low, number.high});
  }
  return metrics;
}

}  // namespace rondo
