#pragma once

#include <torch/torch.h>

namespace rondo {

// A loss is a sum and a count: add both over batches, divide once.
struct LossSum {
  torch::Tensor sum;  // scalar, smoothed cross-entropy in nats, differentiable
  torch::Tensor nll;  // scalar, without smoothing, detached
  int64_t tokens = 0;
};

// Label-smoothed cross-entropy of a linear output layer (Szegedy et al. 2016), summed over tokens.
// The logits [tokens, vocab] are made, used and dropped in chunks of `chunk` tokens, forward and
// backward in one pass, so memory does not grow with batch times vocabulary.
// features [tokens, dim]; weight [vocab, dim]; bias [vocab]; targets [tokens] int64.
LossSum linear_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             double label_smoothing, int64_t chunk = 512);

// Log-probabilities of the targets alone, no gradient: features [tokens, dim] -> [tokens].
torch::Tensor target_log_probs(const torch::Tensor& features, const torch::Tensor& weight,
                               const torch::Tensor& bias, const torch::Tensor& targets,
                               int64_t chunk = 512);

}  // namespace rondo
