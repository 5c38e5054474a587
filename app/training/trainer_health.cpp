// What Trainer does about gradients that are wrong.
#include <cstdio>

#include "app/distributed/shared_file.h"
#include "app/training/trainer.h"

namespace rondo {
namespace {

constexpr int64_t kMostRollbacks = 5;  // without a new best between them

const char* what_was_done(GradientPolicy policy) {
  switch (policy) {
    case GradientPolicy::skip:
      return "the update was left out";
    case GradientPolicy::clip:
      return "it was clipped to the usual norm";
    case GradientPolicy::rollback:
      return "the update was left out, and training goes back to its checkpoint";
    case GradientPolicy::warn:
      break;
  }
  return "nothing was done (training.gradient_policy: warn)";
}

std::string spike_line(const GuardReport& seen, int64_t update, GradientPolicy policy) {
  char text[160];
  std::snprintf(text, sizeof text, "update %lld: a gradient norm of %.4g, usually %.4g; ",
                static_cast<long long>(update - seen.spike_ago), seen.spike_norm, seen.spike_usual);
  return std::string(text) + what_was_done(policy);
}

}  // namespace

void Trainer::heed_gradients() {
  const GuardReport before = heeded_;
  heeded_ = updater_.guard().report();
  const int64_t spikes = heeded_.spikes - before.spikes;
  if (spikes > 0) {
    const std::string more = spikes > 1 ? ", the last of " + std::to_string(spikes) : "";
    outputs_.log->say(spike_line(heeded_, state_.update, options_.gradient_policy) + more);
  }
  if (options_.gradient_policy != GradientPolicy::rollback) return;
  const bool not_finite = heeded_.not_finite > before.not_finite;
  if (not_finite) {
    outputs_.log->say("update " + std::to_string(state_.update) +
                      ": the loss or its gradient is not finite");
  }
  if (spikes > 0 || not_finite) roll_back();
}

// Only weights, moments and averages go back. The text goes on, so that the batch that did it does
// not come again at the same weights (Chowdhery et al. 2022, section 5.1).
void Trainer::roll_back() {
  const std::string here = std::to_string(state_.update);
  if (state_.rollbacks >= kMostRollbacks) {
    throw std::runtime_error("training stopped at update " + here + ": the gradient was wrong " +
                             "again after " + std::to_string(kMostRollbacks) +
                             " rollbacks without a new best; lower training.learning_rate or " +
                             "training.clip_grad_norm; what was saved before is in " +
                             outputs_.folder.path.string());
  }
  const SharedFile saved(workers_, outputs_.folder.checkpoint());
  const int64_t update = restore_weights(read_tensor_file(saved.path()), updater_).update;
  state_.rate_scale *= options_.decrease_factor;
  ++state_.rollbacks;
  char scale[32];
  std::snprintf(scale, sizeof scale, "%.3g", state_.rate_scale);
  outputs_.log->say("update " + here + ": went back to the checkpoint of update " +
                    std::to_string(update) + "; the learning rate is now " + scale +
                    " of the schedule's");
  rolled_back_ = true;  // saved once this update's line of the log and validation are behind
}

}  // namespace rondo
