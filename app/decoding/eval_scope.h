#pragma once

#include <torch/torch.h>

namespace rondo {

// Evaluation mode while it lives (no dropout), then whatever mode there was before.
class EvalScope {
 public:
  explicit EvalScope(torch::nn::Module& module)
      : module_(module), was_training_(module.is_training()) {
    module_.eval();
  }
  ~EvalScope() { module_.train(was_training_); }
  EvalScope(const EvalScope&) = delete;
  EvalScope& operator=(const EvalScope&) = delete;

 private:
  torch::nn::Module& module_;
  bool was_training_ = false;
};

}  // namespace rondo
