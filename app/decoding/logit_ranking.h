#pragma once

#include <torch/torch.h>

#include "app/decoding/token_ranking.h"
#include "models/packed_linear.h"

namespace rondo {

// Each row's best tokens of logits [rows, vocab], at most the vocabulary, in the host's memory. On
// the CPU equal logits come in the order of their token; elsewhere as torch::topk has them.
RankedTokens rank_logits(const torch::Tensor& logits, int64_t each, const BannedTokens& banned);

// The same for the logits that a packed output layer makes of features [rows, features], a few
// columns at a time: they are never written to memory.
RankedTokens rank_products(const torch::Tensor& features, const PackedLinear& output, int64_t each,
                           const BannedTokens& banned);

}  // namespace rondo
