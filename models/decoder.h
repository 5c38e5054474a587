#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "models/attention.h"
#include "models/dropout.h"
#include "models/options.h"
#include "models/output_selection.h"
#include "models/projection.h"
#include "models/recurrent.h"
#include "models/state_norm.h"

namespace rondo {

// All a decoder carries from one step to the next. rows = batch, or batch * beams while searching.
struct DecoderState {
  std::vector<RecurrentState> layers;
  torch::Tensor feed;  // [rows, features], luong's previous attentional vector; otherwise undefined
};

DecoderState select_rows(const DecoderState& state, const torch::Tensor& rows);

struct DecoderOutput {
  torch::Tensor features;   // [time, rows, features], what meets the vocabulary
  torch::Tensor attention;  // [time, rows, source_time]; undefined for vanilla
  DecoderState state;       // after the last step
};

// What a decoder is given besides its options.
struct DecoderSurroundings {
  int64_t memory_size = 0;  // width of the encoder's states
  torch::nn::Embedding embedding{nullptr};
  double embedding_scale = 1.0;
  bool tied_softmax = true;  // the output layer is the embedding
};

// A decoder of any type. One method serves training (the whole sequence) and search (one step):
// without dropout, forward over T tokens equals T forwards over one token, each from the state
// before. What dropout holds for a sequence (masks, recurrent weights) is drawn once a forward
// call.
class DecoderImpl : public torch::nn::Module {
 public:
  AttentionMemory remember(const EncoderOutput& encoded);
  DecoderState initial_state(const EncoderOutput& encoded);

  // tokens [time, rows] int64, beginning with <s>; rows a multiple of memory.batch().
  virtual DecoderOutput forward(const torch::Tensor& tokens, const AttentionMemory& memory,
                                const DecoderState& state) = 0;

  // features [..., features] -> [..., vocab] in float32.
  torch::Tensor logits(const torch::Tensor& features);

  // The output layer of these target pieces alone, ids [selected] int64 on the model's device.
  OutputSelection select_output(const torch::Tensor& ids) const;

  // The output layer, for a loss that never holds all logits: [vocab, features] and [vocab].
  const torch::Tensor& output_weight() const;
  const torch::Tensor& output_bias() const { return output_bias_; }
  const std::vector<RecurrentLayer>& layers() const { return layers_; }

  // All matrices but the embedding to int8, the output layer too; a tied one must have been rounded
  // before (round_to_int8).
  void quantize();

  // The same matrices packed for the CPU; the parameters, and a tied embedding, must not change any
  // more.
  void pack(PackedType type);

  // The output layer once it is packed, for a search that never holds all logits.
  const PackedLinear& packed_output() const { return packed_output_; }

  const DecoderOptions options;

 protected:
  // Sizes of what differs between types: the first layer's input, the upper layers' input, and
  // what the readout sees.
  struct Widths {
    int64_t first = 0, upper = 0, readout = 0;
  };
  DecoderImpl(const DecoderOptions& options, const DecoderSurroundings& surroundings,
              const Widths& widths);

  // One forward call: the state that it has come to, and what it has drawn for all its steps.
  struct Pass {
    DecoderState state;
    std::vector<HeldDropout> held;                    // of each place; see dropped
    std::vector<std::vector<torch::Tensor>> weights;  // of each layer; empty where it drops none
  };
  Pass begin(const DecoderState& state) const;

  int64_t feature_size() const;
  torch::Tensor embed(const torch::Tensor& tokens);  // [time, rows] -> [time, rows, embedding]
  // Where dropout falls: on the output of a layer, by its number, or on one of these.
  size_t context_place() const { return layers_.size(); }
  size_t features_place() const { return layers_.size() + 1; }
  double dropout_at(size_t place) const;
  torch::Tensor dropped(const torch::Tensor& states, size_t place, Pass& pass) const;
  // Linear to the width of the output layer; a tanh only where that layer is not the embedding:
  // behind a tanh a tied output learns at a third of the pace (README, "Measured").
  torch::Tensor readout(const std::vector<torch::Tensor>& parts, Pass& pass);
  // One layer's states, normalised where it normalises; moves its state.
  torch::Tensor run_layer(size_t layer, const torch::Tensor& inputs, Pass& pass);
  // Layers from `first` on with dropout behind each, moving their states. extra, when defined, is
  // put beside each layer's input.
  torch::Tensor run_layers(size_t first, torch::Tensor inputs, const torch::Tensor& extra,
                           Pass& pass);

  const DecoderSurroundings surroundings_;
  Attention attention_{nullptr};
  std::vector<RecurrentLayer> layers_;
  std::vector<StateNorm> norms_;  // empty unless layer_norm
  Projection readout_{nullptr};

 private:
  Projection bridge_{nullptr};
  torch::Tensor output_weight_;  // undefined when tied
  torch::Tensor output_bias_;
  Int8Linear int8_output_{};
  PackedLinear packed_output_{};
};

// The decoder that options.type names.
std::shared_ptr<DecoderImpl> make_decoder(const DecoderOptions& options,
                                          const DecoderSurroundings& surroundings);

}  // namespace rondo
