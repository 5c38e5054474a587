#pragma once

#include <torch/torch.h>

namespace rondo {

struct TopK {
  torch::Tensor values;   // [rows, k], best first
  torch::Tensor indices;  // [rows, k] int64
};

// The k best of each row of values [rows, n], k <= n. On the CPU equal values come in the order of
// their index, and one scan finds them, three times as fast as torch::topk for small k. Elsewhere
// it is torch::topk.
TopK top_k(const torch::Tensor& values, int64_t k);

}  // namespace rondo
