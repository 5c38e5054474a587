#include "app/training/gradient_guard.h"

#include <cmath>
#include <limits>

namespace rondo {
namespace {

torch::Tensor as_float(const torch::Tensor& condition) { return condition.to(at::kFloat); }

// An update that is left out must not have been made at all.
bool leaves_out(GradientPolicy policy) {
  return policy == GradientPolicy::skip || policy == GradientPolicy::rollback;
}

}  // namespace

GradientGuard::GradientGuard(const TrainingOptions& options, const torch::Device& device)
    : options_(options) {
  const auto zero = torch::zeros({}, torch::TensorOptions(at::kFloat).device(device));
  for (torch::Tensor* number : {&log_norm_, &seen_, &spikes_, &not_finite_, &judged_, &spike_at_,
                                &spike_norm_, &spike_usual_}) {
    *number = zero.clone();
  }
}

void GradientGuard::judge(GradientReport& report) {
  const torch::NoGradGuard no_grad;
  // A norm of zero has no logarithm, and there is nothing to learn from it.
  const torch::Tensor counts = (report.not_finite == 0) & (report.norm > 0);
  torch::Tensor log_norm = report.norm.log();
  torch::Tensor spike = torch::zeros_like(counts);
  if (options_.gradient_spike > 0) {
    const torch::Tensor limit = log_norm_ + std::log(options_.gradient_spike);
    spike = counts & (seen_ >= kNeeded) & (log_norm > limit);
    // Of a spike only so much is learned: one changes little, many make a new usual norm.
    log_norm = at::where(spike, limit, log_norm);
  }
  count(as_float(spike), report);
  if (leaves_out(options_.gradient_policy)) {
    report.not_finite = at::maximum(report.not_finite, as_float(spike));
  } else if (options_.gradient_policy == GradientPolicy::clip) {
    const torch::Tensor too_long = (report.norm.log() - log_norm_).exp();
    const torch::Tensor divisor = at::where(spike, too_long, torch::ones_like(too_long));
    report.divisor = report.divisor.defined() ? at::maximum(report.divisor, divisor) : divisor;
  }
  learn(log_norm, counts);
}

void GradientGuard::count(const torch::Tensor& spike, const GradientReport& report) {
  judged_.add_(1);
  spikes_.add_(spike);
  not_finite_.add_(report.not_finite);
  const torch::Tensor now = spike > 0;
  spike_at_ = at::where(now, judged_, spike_at_);
  spike_norm_ = at::where(now, report.norm, spike_norm_);
  spike_usual_ = at::where(now, log_norm_.exp(), spike_usual_);
}

// The mean of all norms until there are kWindow, then one that forgets.
void GradientGuard::learn(const torch::Tensor& log_norm, const torch::Tensor& counts) {
  seen_ = (seen_ + as_float(counts)).clamp_max(kWindow);
  const torch::Tensor moved = log_norm_ + (log_norm - log_norm_) / seen_.clamp_min(1);
  log_norm_ = at::where(counts, moved, log_norm_);
}

GuardReport GradientGuard::report() const {
  const torch::Tensor numbers =
      at::stack({judged_, spikes_, not_finite_, spike_at_, spike_norm_, spike_usual_}).cpu();
  const float* at = numbers.const_data_ptr<float>();
  return {.judged = static_cast<int64_t>(at[0]),
          .spikes = static_cast<int64_t>(at[1]),
          .not_finite = static_cast<int64_t>(at[2]),
          .spike_ago = static_cast<int64_t>(at[0] - at[3]),
          .spike_norm = at[4],
          .spike_usual = at[5]};
}

double GradientGuard::usual_norm() const {
  return seen_.item<float>() < kNeeded ? std::numeric_limits<double>::quiet_NaN()
                                       : std::exp(log_norm_.item<double>());
}

std::map<std::string, torch::Tensor> GradientGuard::state() const {
  return {{"guard.log_norm", log_norm_},
          {"guard.seen", seen_},
          {"guard.spikes", spikes_},
          {"guard.not_finite", not_finite_}};
}

void GradientGuard::load_state(const std::map<std::string, torch::Tensor>& tensors) {
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : state()) {
    const auto found = tensors.find(name);
    if (found != tensors.end() && found->second.numel() == 1) tensor.copy_(found->second);
  }
}

}  // namespace rondo
