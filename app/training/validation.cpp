#include "app/training/validation.h"

#include <cmath>

namespace rondo {

double value_of(const Validation& validation, Metric metric) {
  switch (metric) {
    case Metric::loss:
      return validation.loss;
    case Metric::ppl:
      return validation.ppl;
    case Metric::chrf:
      return validation.chrf;
    case Metric::bleu:
      break;
  }
  return validation.bleu;
}

bool is_better(Metric metric, double candidate, double best) {
  if (std::isnan(candidate)) return false;
  if (std::isnan(best)) return true;
  const bool smaller_wins = metric == Metric::loss || metric == Metric::ppl;
  return smaller_wins ? candidate < best : candidate > best;
}

bool StoppingRule::observe(Metric metric, double value, int64_t update) {
  if (!is_better(metric, value, best)) {
    ++without_best;
    return false;
  }
  best = value;
  best_update = update;
  without_best = 0;
  return true;
}

}  // namespace rondo
