#include "app/training/meter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rondo {

void Meter::add(const LossTotals& update) {
  window_.sum = window_.sum.defined() ? window_.sum + update.sum : update.sum;
  window_.nll = window_.nll.defined() ? window_.nll + update.nll : update.nll;
  window_.tokens += update.tokens;
}

ProgressReport Meter::report(const TrainState& state, const Duration& whole) {
  ProgressReport report;
  // The last update of an epoch belongs to it, not to the next.
  const double epochs = state.position().epochs;
  report.epoch = std::max<int64_t>(1, std::llround(std::ceil(epochs)));
  report.epoch_share = epochs - static_cast<double>(report.epoch - 1);
  report.update = state.update;
  report.skipped_updates = state.skipped;
  report.seconds_left = seconds_left(state, whole);
  if (window_.tokens > 0) {
    const auto tokens = static_cast<double>(window_.tokens);
    report.loss = window_.sum.item<double>() / tokens;
    report.ppl = std::exp(window_.nll.item<double>() / tokens);
    report.tokens_per_second = tokens / std::max(1e-9, state.seconds - seconds_);
  }
  window_ = {};
  seconds_ = state.seconds;
  return report;
}

double Meter::seconds_left(const TrainState& state, const Duration& whole) const {
  if (whole.unit == Duration::Unit::seconds) return std::max(0.0, whole.value - state.seconds);
  const double share = progress(whole, state.position());
  if (share <= 0) return std::numeric_limits<double>::infinity();
  return state.seconds * (1 - share) / share;
}

}  // namespace rondo
