#pragma once

#include <torch/torch.h>

#include "models/candidate_sampler.h"
#include "models/output_partition.h"

namespace rondo {

// A loss is a sum and a count: add both over batches, divide once.
struct LossSum {
  torch::Tensor sum;  // scalar, smoothed cross-entropy in nats, differentiable
  torch::Tensor nll;  // scalar, without smoothing, detached
  int64_t tokens = 0;
};

struct PairedLossOptions {
  double label_smoothing = 0;  // in [0, 1)
  double alpha = 0;            // weight of the divergence, at least 0
};

// Label-smoothed cross-entropy of a linear output layer (Szegedy et al. 2016), summed over tokens.
// The logits [tokens, vocab] are made, used and dropped in chunks of `chunk` tokens (0 = chosen by
// the vocabulary), forward and backward in one pass, so memory does not grow with batch times
// vocabulary. Gradients that nobody wants, as of frozen weights, are not made.
// features [tokens, dim]; weight [vocab, dim]; bias [vocab]; targets [tokens] int64.
LossSum linear_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             double label_smoothing, int64_t chunk = 0);

// The same where the sum over the vocabulary is estimated from candidates, the targets among them:
// on average it is right, its logarithm a little too small. Smoothing stays exact.
LossSum sampled_cross_entropy(const OutputLayer& layer, const torch::Tensor& targets,
                              const Candidates& candidates, double label_smoothing,
                              int64_t chunk = 0);

// The same of two passes over the same tokens under different dropout (R-Drop, Wu et al. 2021): the
// mean of both cross-entropies and alpha / 2 times the divergence of their distributions, which is
// the mean of the Kullback-Leibler divergences in both directions. As above it is summed over
// `targets` and never holds all logits. features [2 * tokens, dim]: the first pass, then the
// second.
LossSum paired_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             const PairedLossOptions& options, int64_t chunk = 512);

// Log-probabilities of the targets alone, no gradient: features [tokens, dim] -> [tokens].
torch::Tensor target_log_probs(const torch::Tensor& features, const torch::Tensor& weight,
                               const torch::Tensor& bias, const torch::Tensor& targets,
                               int64_t chunk = 512);

}  // namespace rondo
