#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/metrics/evaluation.h"

namespace rondo {

// One system: a line a metric, as sacreBLEU's text format. Several: a table, then the signatures.
std::string text_report(std::span<const SystemResult> systems, int decimals);

// One object, numbers in full, for machines.
std::string json_report(std::span<const SystemResult> systems);

// A line a sentence: the metrics' scores, separated by tabs; or a JSON object a line.
std::string sentence_text(const std::vector<std::vector<double>>& scores, int decimals);
std::string sentence_json(const std::vector<std::vector<double>>& scores, const Metrics& metrics);

}  // namespace rondo
