#pragma once

#include <torch/torch.h>

namespace rondo {

// While it lives, LibTorch works on the calling threads alone: many callers with workers of their
// own would wait for one another on a small machine.
class OneTorchThread {
 public:
  OneTorchThread() { torch::set_num_threads(1); }
  ~OneTorchThread() { torch::set_num_threads(before_); }
  OneTorchThread(const OneTorchThread&) = delete;
  OneTorchThread& operator=(const OneTorchThread&) = delete;

 private:
  int before_ = torch::get_num_threads();
};

}  // namespace rondo
