#pragma once

#include <limits>
#include <string>
#include <vector>

#include "app/training/options.h"

namespace rondo {

struct Sample {
  std::string source, reference, hypothesis;
};

// What a model makes of the development text.
struct Validation {
  double loss = 0;            // nats a token, without smoothing
  double ppl = 0;             // exp(loss)
  double bleu = 0, chrf = 0;  // of greedily decoded, detokenized text, as sacreBLEU counts
  std::vector<Sample> samples;
};

double value_of(const Validation& validation, Metric metric);

// Larger is better for BLEU and chrF, smaller for loss and perplexity. Not-a-number is never
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
