#pragma once

#include <torch/torch.h>

#include "models/int8_matrix.h"

namespace rondo {

// A torch::nn::Linear whose weights may be turned to int8, once and for good.
class ProjectionImpl : public torch::nn::LinearImpl {
 public:
  using LinearImpl::LinearImpl;

  // [..., in] -> [..., out]
  torch::Tensor forward(const torch::Tensor& input);

  // The parameters keep the rounded values, for what needs a gradient in evaluation mode.
  void quantize();

 private:
  Int8Linear int8_{};
};
TORCH_MODULE(Projection);

}  // namespace rondo
