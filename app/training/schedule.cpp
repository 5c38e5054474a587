#include "app/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace rondo {
namespace {

double warmup_share(const TrainingOptions& options, int64_t update) {
  if (options.learning_rate_warmup <= 0) return 1;
  const double warmup = static_cast<double>(options.learning_rate_warmup);
  return std::min(1.0, static_cast<double>(update) / warmup);
}

double inverse_sqrt(const TrainingOptions& options, int64_t update) {
  const double peak = static_cast<double>(std::max<int64_t>(1, options.learning_rate_warmup));
  return std::min(1.0, std::sqrt(peak / static_cast<double>(update)));
}

// Of so many equal parts of the whole, those that are over.
int64_t parts_over(double progress, int64_t parts) {
  constexpr double kRounding = 1e-9;  // a third of 300 updates is over at update 100
  return static_cast<int64_t>(std::floor(progress * static_cast<double>(parts) + kRounding));
}

double cosine(const TrainingOptions& options, const Position& at) {
  const double whole = progress(options.max_duration, at);
  const int64_t cycles = std::max<int64_t>(1, options.cosine_cycles);
  const int64_t over = parts_over(whole, cycles);
  // The end of the last part is the end of training; no further one begins.
  const double share =
      over >= cycles
          ? 1
          : std::max(0.0, whole * static_cast<double>(cycles) - static_cast<double>(over));
  const double floor = options.cosine_min_ratio;
  return floor + (1 - floor) * 0.5 * (1 + std::cos(std::numbers::pi * share));
}

double schedule_share(const TrainingOptions& options, const Position& at, int64_t decreases) {
  switch (options.scheduling) {
    case Scheduling::warmup_inverse_sqrt:
      return inverse_sqrt(options, at.updates + 1);
    case Scheduling::cosine:
      return cosine(options, at);
    case Scheduling::step:
      return std::pow(options.decrease_factor, times_passed(options.step_size, at));
    case Scheduling::plateau:
      return std::pow(options.decrease_factor, decreases);
    case Scheduling::none:
      break;
  }
  return 1;
}

}  // namespace

double learning_rate_at(const TrainingOptions& options, const Position& at, int64_t decreases) {
  return options.learning_rate * warmup_share(options, at.updates + 1) *
         schedule_share(options, at, decreases);
}

int64_t cycles_done(const TrainingOptions& options, const Position& at) {
  if (options.scheduling != Scheduling::cosine || options.cosine_cycles < 2) return 0;
  return parts_over(progress(options.max_duration, at), options.cosine_cycles);
}

void Plateau::observe(bool new_best, int64_t patience) {
  without_best = new_best ? 0 : without_best + 1;
  if (without_best < std::max<int64_t>(1, patience)) return;
  ++decreases;
  without_best = 0;
}

}  // namespace rondo
