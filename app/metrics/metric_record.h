#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/metrics/metric_values.h"

namespace rondo {

// The number under a key of a JSON record; not-a-number where there is none.
double number_in(const nlohmann::ordered_json& record, const char* key);

// Every number of a validation's record that is not about when it was measured.
MetricValues metrics_in(const nlohmann::ordered_json& record);

}  // namespace rondo
