#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/steps/step_attention.h"
#include "models/steps/step_layers.h"

namespace rondo {

// What a loop is given, all float32 on the CPU, and, in the same fields, the gradients of that.
struct DecoderLoopTensors {
  std::vector<LayerTensors> layers{};
  AttentionTensors attention{};
  // The rest where a readout feeds the next step.
  torch::Tensor feed{};            // [rows, features], before the first step
  torch::Tensor readout_weight{};  // [features, hidden + memory]
  torch::Tensor readout_bias{};    // [features]

  template <typename Visit>
  void each(Visit visit) {
    for (LayerTensors& layer : layers) layer.each(visit);
    attention.each(visit);
    for (auto* tensor : {&feed, &readout_weight, &readout_bias}) visit(*tensor);
  }
};

struct DecoderLoopPlan {
  // true: the layers read the last step's readout of [top; context] (Luong et al. 2015 with input
  // feeding); false: the context, which their own state before the step asked for (Bahdanau et al.
  // 2015).
  bool feeds_readout = true;
  StepLayersOptions layers{};
  AttentionType attention = AttentionType::general;
  bool tanh_readout = false;
  StepMask context_mask{}, feature_mask{};  // of a fed readout
};

// As a loop's results and, in the same fields, their gradients, undefined for zeros.
struct DecoderLoopOutput {
  torch::Tensor features{};   // [time, rows, features]; of the last layer where none is fed
  torch::Tensor contexts{};   // [time, rows, memory]; undefined where a readout is fed
  torch::Tensor attention{};  // [time, rows, source]
  std::vector<RecurrentState> last{};

  template <typename Visit>
  void each(Visit visit) {
    for (auto* tensor : {&features, &contexts, &attention}) visit(*tensor);
    for (RecurrentState& state : last) {
      visit(state.hidden);
      visit(state.cell);
    }
  }
};

// A decoder's steps, each of which waits for the one before, as one node of the autograd graph: a
// step makes only what must be made in it, with few calls, and the gradients of the weights are
// made once, of all steps. At least one step.
DecoderLoopOutput run_decoder_loop(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors);

}  // namespace rondo
