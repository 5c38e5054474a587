#pragma once

#include <torch/torch.h>

#include "models/encoder.h"
#include "models/options.h"
#include "models/projection.h"

namespace rondo {

// What a decoder attends to, projected once a sentence.
struct AttentionMemory {
  torch::Tensor keys;    // [batch, source_time, key]; undefined for vanilla
  torch::Tensor values;  // [batch, source_time, memory]; for vanilla [batch, 1, memory]
  torch::Tensor bias;    // [batch, 1, source_time], 0 on real tokens and -inf on padding
  int64_t batch() const { return values.size(0); }
};

AttentionMemory select_rows(const AttentionMemory& memory, const torch::Tensor& rows);

struct AttentionOutput {
  torch::Tensor context;  // [time, rows, memory]
  torch::Tensor weights;  // [time, rows, source_time], each sums to 1 over real tokens
};

// What additive attention makes of a query: energy . tanh(weight q + bias + key); undefined
// elsewhere.
struct AttentionQuery {
  torch::Tensor weight, bias, energy;  // [query, query], [query], [1, query]
};

// score(q, k): dot q.k; scaled_dot q.k / sqrt(dim); general q.(W k); additive v.tanh(W q + U k).
// dot and scaled_dot need queries as wide as the memory.
class AttentionImpl : public torch::nn::Module {
 public:
  // Throws std::invalid_argument where the sizes do not fit the type.
  AttentionImpl(AttentionType type, int64_t query_size, int64_t memory_size);

  AttentionMemory remember(const EncoderOutput& encoded);

  // queries [time, rows, query] where rows = beams * batch and the beams of a sentence stand side
  // by side, so that a beam search never copies the memory.
  AttentionOutput forward(const torch::Tensor& queries, const AttentionMemory& memory);

  AttentionQuery query() const;

  void quantize();  // key and query to int8; the energy vector stays in fp32
  void pack(PackedType type);

  const AttentionType type;

 private:
  // queries [batch, n, query] -> [batch, n, source_time]
  torch::Tensor scores(const torch::Tensor& queries, const AttentionMemory& memory);

  Projection key_{nullptr};            // general, additive
  Projection query_{nullptr};          // additive
  torch::nn::Linear energy_{nullptr};  // additive
};
TORCH_MODULE(Attention);

}  // namespace rondo
