#pragma once

#include <map>
#include <string>

#include "app/training/progress.h"
#include "app/training/train_state.h"
#include "app/training/updater.h"

namespace rondo {

// Gathers updates between two lines of the log and makes the line's numbers of them. Only making
// the numbers waits for the device.
class Meter {
 public:
  // perplexity: whether exp(loss) means anything for the task.
  Meter(double seconds_so_far, bool perplexity)
      : perplexity_(perplexity), seconds_(seconds_so_far) {}

  void add(const LossTotals& update);
  // Loss and speed since the last report; resets them.
  ProgressReport report(const TrainState& state, const Duration& whole);

  // A checkpoint between two reports: the counters go into the state, the sums into "window.*"
  // tensors, [] each, which are missing where nothing was added since the last report.
  void save(TrainState& state, std::map<std::string, torch::Tensor>& tensors) const;
  void restore(const TrainState& state, const std::map<std::string, torch::Tensor>& tensors,
               const torch::Device& device);

 private:
  double seconds_left(const TrainState& state, const Duration& whole) const;

  bool perplexity_ = true;
  LossTotals window_;
  double seconds_ = 0;  // at the last report
};

}  // namespace rondo
