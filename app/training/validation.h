#pragma once

#include <limits>
#include <string>
#include <vector>

#include "app/metrics/metric_values.h"
#include "app/training/options.h"

namespace rondo {

struct Sample {
  std::string source{}, reference{}, hypothesis{};
  // What the model looked at, where it attends: [target pieces][source pieces].
  std::vector<std::string> source_pieces{}, target_pieces{};
  std::vector<std::vector<float>> attention{};
};

// What a model makes of the development text.
struct Validation {
  // loss: nats a target, without smoothing; ppl: its exp; bleu, chrf: of greedily decoded,
  // detokenized text, as sacreBLEU counts.
  MetricValues values{};
  std::vector<Sample> samples{};
};

// Not-a-number where the task does not measure it.
double value_of(const Validation& validation, Metric metric);

// Smaller is better for losses, perplexity and errors, larger for all others. Not-a-number is never
// better, and any number is better than none.
bool is_better(Metric metric, double candidate, double best);

// Remembers the best validation and counts those that came after it.
struct StoppingRule {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  double best = kNone;
  int64_t best_update = 0;
  int64_t without_best = 0;

  // True when the value is a new best.
  bool observe(Metric metric, double value, int64_t update);
  // patience in validations; 0 = never.
  bool exhausted(int64_t patience) const { return patience > 0 && without_best >= patience; }
};

}  // namespace rondo
