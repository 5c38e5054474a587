#pragma once

#include <torch/torch.h>

#include <map>
#include <string>

#include "app/training/gradient.h"
#include "app/training/options.h"

namespace rondo {

// Knows the usual gradient norm, a running geometric mean of norms that were not wrong, and what
// training.gradient_policy asks for when one is far longer or not finite. All on the device:
// nothing waits. What it has learned belongs into a checkpoint.
class GradientGuard {
 public:
  GradientGuard(const TrainingOptions& options, const torch::Device& device);

  // Judges the gradient of one update, and changes what is done with it: report.not_finite becomes
  // 1 where the update is to be left out (skip, rollback), report.divisor grows where it is to be
  // clipped to the usual norm (clip).
  void judge(GradientReport& report);

  // Updates so far whose gradient was far too long, and the length of the present row of them.
  // These wait for the device.
  int64_t spikes() const;
  int64_t spikes_in_a_row() const;
  double usual_norm() const;  // not a number before enough updates

  // "guard.*", [] float32 each.
  std::map<std::string, torch::Tensor> state() const;
  // Tensors that are missing leave it as it is: an older checkpoint had none.
  void load_state(const std::map<std::string, torch::Tensor>& tensors);

 private:
  TrainingOptions options_;
  torch::Tensor log_norm_;  // [] float32, running mean of log norms
  torch::Tensor seen_;      // [] float32, norms in it
  torch::Tensor spikes_, in_a_row_;
};

}  // namespace rondo
