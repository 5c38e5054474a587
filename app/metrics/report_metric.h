#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/metrics/ratio.h"
#include "app/metrics/resampling.h"

namespace rondo {

// A headline number with its 95% interval (see resampling.h), which is not-a-number without one.
struct ReportMetric {
  std::string key{};   // in JSON: "macro_f1"
  std::string name{};  // to read: "macro F1"
  double value = kNotMeasured;
  double low = kNotMeasured, high = kNotMeasured;
};

// The metric of this key. Throws std::out_of_range where the report has none.
const ReportMetric& metric(std::span<const ReportMetric> metrics, std::string_view key);

struct MetricName {
  const char* key = "";
  const char* name = "";
};

// names as many as measured, or more.
std::vector<ReportMetric> named(std::span<const MetricName> names,
                                std::span<const Measured> measured);

}  // namespace rondo
