#pragma once

#include <torch/torch.h>

namespace rondo {

// A linear layer over the vocabulary and what it is given; or a gradient by these.
struct OutputLayer {
  torch::Tensor features, weight, bias;  // [tokens, dim], [vocab, dim], [vocab]

  OutputLayer to(torch::ScalarType type) const {
    return {features.to(type), weight.to(type), bias.to(type)};
  }
};

// What the softmax over the whole vocabulary gives to a loss and to its gradient.
struct Partition {
  torch::Tensor log_sum{};   // [tokens] float32, log of the sum of exponentials
  OutputLayer gradient{};    // of the sum of log_sum; see empty_partition
  torch::Tensor divergence;  // scalar, of two passes only
};

// Which gradients are wanted: of the features, and of weight and bias.
struct WantedGradients {
  bool features = true, layer = true;
};

// What the partition of a layer is put into: gradients of weight and bias are float32 and 0, to
// which those of the partition are added; those not wanted are undefined.
Partition empty_partition(const OutputLayer& layer, const WantedGradients& wanted);

// Tokens of which the logits are held at once, unless a caller says otherwise: enough that the
// gradient of the weights is seldom added up from parts, which costs memory traffic.
int64_t chunk_for(int64_t vocab);

// The only places that meet [tokens, vocab], in chunks of so many tokens and with products in this
// type. The first is of single tokens, the second of two passes over the same tokens (features [2 *
// tokens, dim]), where alpha times the divergence of their distributions is added to the gradient:
// the sum over tokens of sum of (p - q) (log p - log q) / 2.
void add_partition(const OutputLayer& layer, torch::ScalarType type, int64_t chunk,
                   Partition& result);
void add_paired_partition(const OutputLayer& layer, torch::ScalarType type, int64_t chunk,
                          double alpha, Partition& result);

}  // namespace rondo
