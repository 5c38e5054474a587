#pragma once

#include <torch/torch.h>

#include "models/int8_matrix.h"
#include "models/packed_linear.h"

namespace rondo {

// A torch::nn::Linear whose weights may be turned to int8 or packed for the CPU, once and for
// good.
class ProjectionImpl : public torch::nn::LinearImpl {
 public:
  using LinearImpl::LinearImpl;

  // [..., in] -> [..., out]
  torch::Tensor forward(const torch::Tensor& input);

  // The parameters keep the rounded values, for what needs a gradient in evaluation mode.
  void quantize();

  // The parameters must not change any more.
  void pack(PackedType type) { packed_ = PackedLinear(weight, bias, type); }

 private:
  Int8Linear int8_{};
  PackedLinear packed_{};
};
TORCH_MODULE(Projection);

}  // namespace rondo
