#pragma once

#include <torch/torch.h>

#include <memory>

#include "models/kernels/packed_matrix.h"

namespace rondo {

// A weight that each step of a loop multiplies with few rows, and whose gradient is made of all
// steps at once. Float32 in and out; with bf16 the products are made in bf16.
class StepMatrix {
 public:
  StepMatrix() = default;
  // weight [to, from] float32, whose memory must hold until pack_backward.
  StepMatrix(const torch::Tensor& weight, bool bf16);

  int64_t from() const { return weight_.size(1); }
  // to += from W^T; from [rows, from], to [rows, to], both contiguous.
  void add_forward(const torch::Tensor& from, const torch::Tensor& to) const;
  // Once before the steps back.
  void pack_backward();
  // from = at_to W, or, with add, from += at_to W.
  void backward(const torch::Tensor& at_to, const torch::Tensor& from, bool add = false) const;
  // [to, from] of all steps: at_to [time, rows, to], from [time, rows, from].
  torch::Tensor weight_gradient(const torch::Tensor& at_to, const torch::Tensor& from) const;

 private:
  std::shared_ptr<const PackedMatrix> packed(const torch::Tensor& weight) const;

  torch::Tensor weight_{};
  PackedType type_ = PackedType::fp32;
  std::shared_ptr<const PackedMatrix> forward_{}, backward_{};  // W and W^T
};

}  // namespace rondo
