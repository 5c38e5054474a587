#pragma once

#include <torch/torch.h>

#include <memory>

#include "models/kernels/packed_matrix.h"

namespace rondo {

// A linear layer whose weight is packed once, for many products with few rows each: inference, the
// steps of a search. On the CPU alone and without a gradient. LibTorch's own products pack a weight
// at each call, which costs as much as the product where the rows are few.
class PackedLinear {
 public:
  PackedLinear() = default;  // holds nothing: defined() is false
  // weight [rows, columns] and bias [rows] of any floating type; bias may be undefined. Both are
  // copied: what happens to them later is not seen.
  PackedLinear(const torch::Tensor& weight, const torch::Tensor& bias,
               PackedType type = PackedType::fp32);

  bool defined() const { return matrix_ != nullptr; }
  // input [..., columns] of any floating type -> [..., rows] float32.
  torch::Tensor forward(const torch::Tensor& input) const;

 private:
  std::shared_ptr<const PackedMatrix> matrix_{};
  torch::Tensor bias_{};
};

// The weight [rows, columns] float32 on the CPU as a PackedMatrix reads it; a transposed one may be
// a view of its source.
WeightView weight_view(const torch::Tensor& weight);

// The product with its panels divided over LibTorch's threads.
void multiply_in_parallel(const PackedMatrix& matrix, const SmallProduct& product);

}  // namespace rondo
