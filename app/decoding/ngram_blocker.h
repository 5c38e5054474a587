#pragma once

#include <torch/torch.h>

namespace rondo {

// Bans tokens that would repeat an n-gram of the same hypothesis (Paulus et al. 2018). All rows at
// once, on their device.
class NgramBlocker {
 public:
  explicit NgramBlocker(int64_t size) : size_(size) {}  // 0 = off

  // Sets the banned scores of each row of logits [rows, vocab] to -inf.
  void ban(torch::Tensor& logits) const;

  // Row i continues what was row parents[i] with tokens[i]; parents undefined when unchanged.
  void advance(const torch::Tensor& parents, const torch::Tensor& tokens);

 private:
  int64_t size_ = 0;
  torch::Tensor history_;  // [rows, tokens so far] int64; undefined before the first
};

}  // namespace rondo
