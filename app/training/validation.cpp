#include "app/training/validation.h"

#include <cmath>

#include "app/config/names.h"

namespace rondo {

double value_of(const Validation& validation, Metric metric) {
  return value_of(validation.values, yaml_name(metric));
}

bool is_better(Metric metric, double candidate, double best) {
  if (std::isnan(candidate)) return false;
  if (std::isnan(best)) return true;
  const bool smaller_wins = metric == Metric::loss || metric == Metric::ppl ||
                            metric == Metric::mae || metric == Metric::rmse;
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
