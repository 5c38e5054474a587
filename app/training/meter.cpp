#include "app/training/meter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rondo {

void Meter::add(const LossTotals& update) {
  window_.sum = window_.sum.defined() ? window_.sum + update.sum : update.sum;
  window_.nll = window_.nll.defined() ? window_.nll + update.nll : update.nll;
  window_.targets += update.targets;
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
  if (window_.targets > 0) {
    const auto targets = static_cast<double>(window_.targets);
    report.loss = window_.sum.item<double>() / targets;
    report.ppl = perplexity_ ? std::exp(window_.nll.item<double>() / targets)
                             : std::numeric_limits<double>::quiet_NaN();
    report.tokens_per_second =
        static_cast<double>(window_.tokens) / std::max(1e-9, state.seconds - seconds_);
  }
  window_ = {};
  seconds_ = state.seconds;
  return report;
}

void Meter::save(TrainState& state, std::map<std::string, torch::Tensor>& tensors) const {
  state.window_targets = window_.targets;
  state.window_tokens = window_.tokens;
  state.window_began = seconds_;
  if (window_.sum.defined()) tensors["window.sum"] = window_.sum;
  if (window_.nll.defined()) tensors["window.nll"] = window_.nll;
}

void Meter::restore(const TrainState& state, const std::map<std::string, torch::Tensor>& tensors,
                    const torch::Device& device) {
  const auto on_device = [&](const std::string& name) {
    const auto found = tensors.find(name);
    return found == tensors.end() ? torch::Tensor() : found->second.to(device);
  };
  window_ = {.sum = on_device("window.sum"), .nll = on_device("window.nll")};
  if (window_.sum.defined() && window_.nll.defined()) {
    window_.targets = state.window_targets;
    window_.tokens = state.window_tokens;
  } else {
    window_ = {};  // of an older checkpoint
  }
  seconds_ = state.window_began;
}

double Meter::seconds_left(const TrainState& state, const Duration& whole) const {
  if (whole.unit == Duration::Unit::seconds) return std::max(0.0, whole.value - state.seconds);
  const double share = progress(whole, state.position());
  if (share <= 0) return std::numeric_limits<double>::infinity();
  return state.seconds * (1 - share) / share;
}

}  // namespace rondo
