#include "app/metrics/metric_values.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>

namespace rondo {
namespace {

constexpr auto kLooks = std::to_array<MetricLook>({
    {"loss", "loss", 3},
    {"ppl", "ppl", 2},
    {"bleu", "BLEU", 2},
    {"chrf", "chrF", 2},
    {"accuracy", "accuracy", 4},
    {"macro_f1", "macro F1", 4},
    {"micro_f1", "micro F1", 4},
    {"mcc", "MCC", 4},
    {"auc", "ROC AUC", 4},
    {"ece", "ECE", 4},
    {"mae", "MAE", 4},
    {"rmse", "RMSE", 4},
    {"pearson", "Pearson", 4},
    {"spearman", "Spearman", 4},
});

}  // namespace

double value_of(const MetricValues& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &MetricValue::name);
  return found == values.end() ? std::numeric_limits<double>::quiet_NaN() : found->value;
}

MetricLook look_of(std::string_view name) {
  const auto found = std::ranges::find(kLooks, name, &MetricLook::name);
  return found == kLooks.end() ? MetricLook{.name = name, .title = name} : *found;
}

std::string to_text(const MetricValues& values) {
  std::string text;
  for (const MetricValue& metric : values) {
    char number[64];
    std::snprintf(number, sizeof number, "%.*f", look_of(metric.name).decimals, metric.value);
    text += (text.empty() ? "" : "  ") + metric.name + " " + number;
  }
  return text;
}

}  // namespace rondo
