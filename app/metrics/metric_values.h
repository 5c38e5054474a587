#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rondo {

// One number by which a model is measured, under the name it has in YAML and JSON ("bleu").
struct MetricValue {
  std::string name{};
  double value = 0;
};

// In the order in which they are shown.
using MetricValues = std::vector<MetricValue>;

// Not-a-number where there is none of that name.
double value_of(const MetricValues& values, std::string_view name);

// How a metric is shown to a reader: "BLEU" with 2 decimals. A name that is not known stands for
// itself.
struct MetricLook {
  std::string_view name;
  std::string_view title;
  int decimals = 4;
};
MetricLook look_of(std::string_view name);

// "loss 3.214  ppl 24.90  bleu 21.50"
std::string to_text(const MetricValues& values);

}  // namespace rondo
