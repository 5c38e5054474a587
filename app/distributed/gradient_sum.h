#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "app/distributed/workers.h"

namespace rondo {

struct GradientSumOptions {
  bool bf16 = false;                       // sent in half the bytes, with 8 bits of mantissa
  int64_t bucket_bytes = 4 * 1024 * 1024;  // sent at once
};

// Sums each parameter's gradient over all workers. Gradients go in buckets, in the order in which
// backward makes them, each as soon as it is full, while backward goes on (Li et al. 2020, "PyTorch
// Distributed", section 3.2). Every worker sends the same buckets in the same order, whatever its
// batch was, or if it had none.
class GradientSum {
 public:
  GradientSum(const std::vector<torch::Tensor>& parameters, const Workers& workers,
              const GradientSumOptions& options);
  ~GradientSum();
  GradientSum(const GradientSum&) = delete;
  GradientSum& operator=(const GradientSum&) = delete;

  // Before the last backward of an update: what it adds is final.
  void begin();
  // After it: each parameter's gradient is then the sum, as are these numbers, [] float32 each.
  void finish(const std::vector<torch::Tensor*>& numbers);

 private:
  struct Bucket;
  struct Hook;
  void ready(size_t bucket);
  void send(Bucket& bucket);
  void receive(Bucket& bucket);

  std::vector<torch::Tensor> parameters_;
  Workers workers_;
  GradientSumOptions options_;
  std::vector<std::unique_ptr<Bucket>> buckets_{};  // in the order they are sent
  std::vector<Hook> hooks_;
  bool last_backward_ = false;
  size_t sent_ = 0;
};

}  // namespace rondo
