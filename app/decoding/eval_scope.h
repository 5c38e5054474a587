#pragma once

#include <torch/torch.h>

namespace rondo {

// Evaluation mode while it lives (no dropout), then whatever mode there was before. A module that
// is in evaluation mode already is only read, so that threads may share it.
class EvalScope {
 public:
  explicit EvalScope(torch::nn::Module& module)
      : module_(module), was_training_(module.is_training()) {
    if (was_training_) module_.eval();
  }
  ~EvalScope() {
    if (was_training_) module_.train();
  }
  EvalScope(const EvalScope&) = delete;
  EvalScope& operator=(const EvalScope&) = delete;

 private:
  torch::nn::Module& module_;
  bool was_training_ = false;
};

}  // namespace rondo
