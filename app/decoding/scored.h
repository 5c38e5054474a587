#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/data/labelled_options.h"

namespace rondo {

// What a classifier says of one line.
struct Scored {
  std::vector<float> probabilities{};  // [labels]; of TargetType::value the number alone
  std::vector<int64_t> decided{};      // classes, ordinal: one label; multi_label: any, ascending;
                                       // value: none
  std::vector<float> logits{};         // [outputs], before the temperature
};

// The likeliest label; of two, label 1 where its probability is at least `threshold`; of
// multi_label all whose probability is; of a value none.
std::vector<int64_t> decided_labels(std::span<const float> probabilities, TargetType targets,
                                    double threshold);

// All labels, likeliest first; equally likely ones in their own order.
std::vector<int64_t> labels_by_probability(std::span<const float> probabilities);

}  // namespace rondo
