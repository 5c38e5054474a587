#pragma once

#include <torch/torch.h>

namespace rondo {

// Inverted dropout (Srivastava et al. 2014): while training, each element is zero with probability
// rate, in [0, 1), and otherwise divided by 1 - rate. On a CPU one draw of 64 random bits decides
// four elements, a third of the cost of torch::dropout; rate is then met to 1/65536.
torch::Tensor inverted_dropout(const torch::Tensor& input, double rate, bool training);

}  // namespace rondo
