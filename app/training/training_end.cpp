#include "app/training/training_end.h"

#include <algorithm>
#include <limits>

#include "app/config/names.h"
#include "app/report/verdict_name.h"

namespace rondo {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

MetricValues values_at(const TrainState& state, int64_t update) {
  for (const ValidationRecord& record : state.history) {
    if (record.at.updates == update) return record.values;
  }
  return {};
}

// The layer that is worst off speaks for the network.
void add_health(const GradientHealth* health, RunResult& result) {
  result.reach = result.carried_reach = kUnknown;
  if (health == nullptr || health->layers.empty()) return;
  const auto least = [&](GradientAlongTime LayerHealth::*gradient) {
    int64_t reach = std::numeric_limits<int64_t>::max();
    for (const LayerHealth& layer : health->layers)
      reach = std::min(reach, (layer.*gradient).reach);
    return static_cast<double>(reach);
  };
  result.reach = least(&LayerHealth::total);
  result.carried_reach = least(&LayerHealth::carried);
  result.verdict =
      verdict_name(std::ranges::max(health->layers, {}, &LayerHealth::verdict).verdict);
}

}  // namespace

std::string reason_to_stop(const TrainingOptions& options, const TrainState& state) {
  if (progress(options.max_duration, state.position()) >= 1) return "its duration is over";
  if (state.stopping.exhausted(options.early_stopping_patience)) {
    return "no new best in " + std::to_string(state.stopping.without_best) + " validations";
  }
  const double rate =
      state.rate_scale * learning_rate_at(options, state.position(), state.plateau.decreases);
  const bool warm = state.update >= options.learning_rate_warmup;
  if (options.scheduling == Scheduling::plateau && warm && rate < options.learning_rate_min) {
    return "the learning rate fell below learning_rate_min";
  }
  return "";
}

RunResult run_result(const TrainState& state, Metric metric, const TrainingEnd& end,
                     const GradientHealth* health) {
  RunResult result{.complete = end.complete,
                   .ended = end.reason,
                   .metric = std::string(yaml_name(metric)),
                   .best = state.stopping.best,
                   .best_values = values_at(state, state.stopping.best_update),
                   .best_update = state.stopping.best_update,
                   .updates = state.update,
                   .epochs = state.position().epochs,
                   .seconds = state.seconds};
  if (!state.history.empty()) result.last_values = state.history.back().values;
  if (state.seconds > 0) {
    result.tokens_per_second = static_cast<double>(state.target_tokens) / state.seconds;
  }
  add_health(health, result);
  return result;
}

std::string clock_dependence(const TrainingOptions& options) {
  const auto timed = [](const Duration& duration) {
    return duration.unit == Duration::Unit::seconds;
  };
  std::string keys;
  const auto add = [&](bool decides, const char* key) {
    if (decides) keys += (keys.empty() ? "training." : ", training.") + std::string(key);
  };
  add(timed(options.max_duration), "duration");
  add(timed(options.validation_freq), "validation_freq");
  add(timed(options.step_size) && options.scheduling == Scheduling::step, "step_size");
  add(timed(options.diagnose_freq), "diagnose_freq");
  add(timed(options.save_freq) && options.gradient_policy == GradientPolicy::rollback, "save_freq");
  if (keys.empty()) return "";
  return "the clock decides (" + keys +
         " in minutes): no two runs are the same, resumed or not; count in epochs or updates for "
         "results that are";
}

}  // namespace rondo
