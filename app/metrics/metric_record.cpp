#include "app/metrics/metric_record.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace rondo {

double number_in(const nlohmann::ordered_json& record, const char* key) {
  const auto found = record.find(key);
  const bool known = found != record.end() && found->is_number();
  return known ? found->get<double>() : std::numeric_limits<double>::quiet_NaN();
}

MetricValues metrics_in(const nlohmann::ordered_json& record) {
  MetricValues values;
  for (const auto& [name, value] : record.items()) {
    const bool when = name == "epoch" || name == "update" || name == "seconds";
    if (!when && (value.is_number() || value.is_null())) {
      values.push_back({name, number_in(record, name.c_str())});
    }
  }
  return values;
}

}  // namespace rondo
