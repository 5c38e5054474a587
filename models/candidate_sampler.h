#pragma once

#include <torch/torch.h>

namespace rondo {

// The part of a vocabulary that stands for all of it in one update.
struct Candidates {
  torch::Tensor ids;            // [candidates] int64, ascending
  torch::Tensor log_inclusion;  // [candidates] float32, log of the probability that it is here
};

// Draws the candidates of a sampled softmax (Bengio & Senecal 2008; Jean et al. 2015): the targets
// of a batch for certain, and every other entry by itself with a probability that falls with its
// number as in Zipf's law, log-uniformly, since vocabularies have their frequent entries first.
// Dividing each exponential by this probability makes the sum over candidates right on average
// (Horvitz & Thompson 1952), which the sum of draws with replacement is only in the limit.
class CandidateSampler {
 public:
  // So many candidates on average, less where the vocabulary has no more; targets come on top.
  CandidateSampler(int64_t vocab, int64_t count);

  // [vocab] float32, in (0, 1].
  const torch::Tensor& inclusion() const { return inclusion_; }

  // targets [tokens] int64. From LibTorch's default generator of their device, so that a resumed
  // run draws the same.
  Candidates draw(const torch::Tensor& targets) const;

 private:
  torch::Tensor inclusion_;
};

}  // namespace rondo
