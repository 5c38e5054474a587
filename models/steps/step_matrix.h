#pragma once

#include <torch/torch.h>

namespace rondo {

// A weight that each step of a loop multiplies with few rows, and whose gradient is made of all
// steps at once. Float32 in and out; with bf16 the products are made in bf16.
class StepMatrix {
 public:
  StepMatrix() = default;
  StepMatrix(const torch::Tensor& weight, bool bf16);  // [to, from]

  // to += from W^T; from [rows, from], to [rows, to]
  void add_forward(const torch::Tensor& from, torch::Tensor& to) const;
  // -> at_to W, [rows, from]
  torch::Tensor backward(const torch::Tensor& at_to) const;
  // [to, from] of all steps: at_to [time, rows, to], from [time, rows, from]
  torch::Tensor weight_gradient(const torch::Tensor& at_to, const torch::Tensor& from) const;

 private:
  torch::Tensor weight_;  // in the products' type
};

}  // namespace rondo
