#pragma once

#include <torch/torch.h>

#include <vector>

namespace rondo {

// One padded batch of sentence pairs. Sentences run along the second dimension.
struct Batch {
  torch::Tensor source;          // [source_time, batch] int64, </s> last, then <pad>
  torch::Tensor source_lengths;  // [batch] int64, </s> counted; on the CPU
  torch::Tensor target_in;       // [target_time, batch] int64: <s> w1 ... wn, then <pad>
  torch::Tensor target_out;      // [target_time, batch] int64: w1 ... wn </s>, then <pad>
  torch::Tensor target_lengths;  // [batch] int64, n + 1; on the CPU
  int64_t target_tokens = 0;     // sum of target_lengths
  int64_t size() const { return source.size(1); }
};

}  // namespace rondo
