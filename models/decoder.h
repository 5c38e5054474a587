#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "models/attention.h"
#include "models/options.h"
#include "models/recurrent.h"

namespace rondo {

// All a decoder carries from one step to the next. rows = batch, or batch * beams while searching.
struct DecoderState {
  std::vector<RecurrentState> layers;
  torch::Tensor feed;  // [rows, features]: luong's input feeding, or the previous attentional
                       // vector; undefined for decoders that have none
};

DecoderState select_rows(const DecoderState& state, const torch::Tensor& rows);

struct DecoderOutput {
  torch::Tensor features;   // [time, rows, features], what meets the vocabulary
  torch::Tensor attention;  // [time, rows, source_time]; undefined for vanilla
  DecoderState state;       // after the last step
};

// A decoder of any type. One method serves training (the whole sequence) and search (one step):
// forward over T tokens equals T forwards over one token, each from the state before.
class DecoderImpl : public torch::nn::Module {
 public:
  DecoderImpl(const DecoderOptions& options, int64_t memory_size, torch::nn::Embedding embedding,
              double embedding_scale = 1.0);
  ~DecoderImpl() override = default;

  AttentionMemory remember(const EncoderOutput& encoded);
  DecoderState initial_state(const EncoderOutput& encoded);

  // tokens [time, rows] int64, beginning with <s>; rows a multiple of memory.batch().
  virtual DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                                const DecoderState& state) = 0;

  // features [..., features] -> [..., vocab] in float32.
  torch::Tensor logits(const torch::Tensor& features);

  // The output layer, for a loss that never holds all logits: [vocab, features] and [vocab].
  const torch::Tensor& output_weight() const;
  const torch::Tensor& output_bias() const { return output_bias_; }
  const std::vector<RecurrentLayer>& layers() const { return layers_; }

  const DecoderOptions options;

 protected:
  torch::Tensor embed(const torch::Tensor& tokens);
  // states (and context, where there is attention) -> features.
  torch::Tensor readout(const torch::Tensor& states);
  torch::Tensor dropped(const torch::Tensor& states);

  int64_t memory_size_ = 0;
  double embedding_scale_ = 1.0;
  torch::nn::Embedding embedding_{nullptr};
  Attention attention_{nullptr};
  std::vector<RecurrentLayer> layers_;
  torch::nn::Linear bridge_{nullptr};
  torch::nn::Linear readout_{nullptr};
  torch::Tensor output_weight_;  // undefined when tied to the embedding
  torch::Tensor output_bias_;
};

// The decoder that options.type names.
std::shared_ptr<DecoderImpl> make_decoder(const DecoderOptions& options, bool tied_softmax,
                                          int64_t memory_size, torch::nn::Embedding embedding,
                                          double embedding_scale);

}  // namespace rondo
