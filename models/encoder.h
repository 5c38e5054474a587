#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/options.h"
#include "models/recurrent.h"
#include "models/state_norm.h"

namespace rondo {

struct EncoderOutput {
  torch::Tensor states;  // [time, batch, directions * hidden]
  torch::Tensor last;    // [layers, batch, directions * hidden], each sentence's own last step,
                         // as the layer leaves it: normalised where it normalises, before residual
                         // and dropout
  torch::Tensor mask;    // [time, batch] bool, true on real tokens
};

// Embeds a padded batch and runs the recurrent layers over it; padding never reaches a state. The
// backward direction is a second forward layer over inputs reversed within each true length.
class EncoderImpl : public torch::nn::Module {
 public:
  // The embedding is passed in because it may be shared with the decoder.
  EncoderImpl(const EncoderOptions& options, torch::nn::Embedding embedding,
              double embedding_scale = 1.0);

  // tokens [time, batch] int64; lengths [batch] int64 on the same device, each in [1, time].
  EncoderOutput forward(const torch::Tensor& tokens, const torch::Tensor& lengths);

  // The same in two steps. embed: [time, batch, embedding_dim], scaled, dropout not yet applied.
  torch::Tensor embed(const torch::Tensor& tokens);
  EncoderOutput encode(const torch::Tensor& embedded, const torch::Tensor& lengths);

  // The recurrent layers to int8; the embedding, which may be shared, is its owner's.
  void quantize();
  void pack(PackedType type);
  bool packed() const { return forward_layers_.front()->packed(); }

  int64_t output_size() const;  // directions * hidden
  const std::vector<RecurrentLayer>& forward_layers() const { return forward_layers_; }
  const std::vector<RecurrentLayer>& backward_layers() const { return backward_layers_; }

  const EncoderOptions options;

 private:
  torch::Tensor dropped(const torch::Tensor& states, double rate) const;
  // One direction of one layer: inputs [time, batch, in] -> [time, batch, hidden].
  torch::Tensor run_layer(size_t layer, int64_t direction, const torch::Tensor& inputs);

  double embedding_scale_ = 1.0;
  torch::nn::Embedding embedding_{nullptr};
  std::vector<RecurrentLayer> forward_layers_;
  std::vector<RecurrentLayer> backward_layers_;  // empty unless bidirectional
  std::vector<StateNorm> norms_;                 // empty unless layer_norm
};
TORCH_MODULE(Encoder);

}  // namespace rondo
