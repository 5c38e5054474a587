#pragma once

#include <torch/torch.h>

#include <map>
#include <string>

#include "app/training/gradient.h"
#include "app/training/options.h"

namespace rondo {

// What a guard has seen so far; fetched from the device at once.
struct GuardReport {
  int64_t judged = 0;      // updates, by this process
  int64_t spikes = 0;      // gradients that were far too long, by earlier processes too
  int64_t not_finite = 0;  // likewise, that were not finite
  // Of the last spike: how many updates ago it was, its norm and the usual norm then.
  int64_t spike_ago = 0;
  double spike_norm = 0, spike_usual = 0;
};

// Knows the usual gradient norm, a running geometric mean, and does what training.gradient_policy
// asks for when one is far longer. All on the device: nothing waits. What it has learned belongs
// into a checkpoint.
class GradientGuard {
 public:
  GradientGuard(const TrainingOptions& options, const torch::Device& device);

  // Judges the gradient of one update, and changes what is done with it: report.not_finite becomes
  // 1 where the update is to be left out (skip, rollback), report.divisor grows where it is to be
  // clipped to the usual norm (clip).
  void judge(GradientReport& report);

  // These wait for the device.
  GuardReport report() const;
  double usual_norm() const;  // not a number before kNeeded norms

  // "guard.*", [] float32 each.
  std::map<std::string, torch::Tensor> state() const;
  // Tensors that are missing leave it as it is: an older checkpoint had none.
  void load_state(const std::map<std::string, torch::Tensor>& tensors);

  static constexpr int64_t kNeeded = 20;   // norms, before it judges any
  static constexpr int64_t kWindow = 100;  // norms that the mean is over

 private:
  void learn(const torch::Tensor& log_norm, const torch::Tensor& counts);
  void count(const torch::Tensor& spike, const GradientReport& report);

  TrainingOptions options_;
  torch::Tensor log_norm_;             // [] float32, running mean of log norms
  torch::Tensor seen_;                 // [] float32, norms in it, at most kWindow
  torch::Tensor spikes_, not_finite_;  // [] float32
  torch::Tensor judged_, spike_at_, spike_norm_, spike_usual_;  // [] float32, of this process
};

}  // namespace rondo
