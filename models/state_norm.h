#pragma once

#include <torch/torch.h>

namespace rondo {

// Layer normalisation of recurrent states (Ba et al. 2016), with a learned gain and bias for each
// unit. Each direction has a mean and variance of its own: with common ones a state that looks back
// would be told of what comes, which a language model must not see.
class StateNormImpl : public torch::nn::Module {
 public:
  StateNormImpl(int64_t directions, int64_t hidden_size);

  // states [..., hidden] of one direction -> the same shape and type.
  torch::Tensor forward(const torch::Tensor& states, int64_t direction = 0);

  // [directions * hidden]
  const torch::Tensor& weight() const { return weight_; }
  const torch::Tensor& bias() const { return bias_; }

 private:
  int64_t hidden_size_ = 0;
  torch::Tensor weight_, bias_;  // [directions * hidden], 1 and 0 at first
};
TORCH_MODULE(StateNorm);

}  // namespace rondo
