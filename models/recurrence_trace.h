#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

#include "models/options.h"
#include "models/recurrent_state.h"

namespace rondo {

class RecurrentLayerImpl;

// What a layer does with its own state; the input's part of the gates is added to it.
struct RecurrentCell {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  torch::Tensor weight_hh{}, bias_hh{};  // [gates * hidden, hidden], [gates * hidden]
};

// One pass of a layer over its sequences, step by step.
struct TracedPass {
  RecurrentState start{};
  std::vector<torch::Tensor> from_input{};  // [batch, gates * hidden] a step, detached
  // [batch, state] a step, in the graph of the loss: the hidden state, of an LSTM with its cell
  // beside it, since a memory that the cell alone carries does not show in the hidden state.
  std::vector<torch::Tensor> states{};
  torch::Tensor last_hidden{};  // as the layer gave it to whoever goes on
  // Sigmoid gates, [batch, gates * hidden] a step, detached: i, f, o of an LSTM, r, z of a GRU;
  // of a simple RNN its states.
  std::vector<torch::Tensor> gates{};
};

// All passes of one layer. A call that begins with the state that the one before it ended with goes
// on with its pass, as decoders do that run step by step.
struct RecurrenceTrace {
  RecurrentCell cell{};
  std::vector<TracedPass> passes{};
};

// Runs the cell over from_input [time, batch, gates * hidden] and records it.
RecurrentOutput trace_recurrence(const torch::Tensor& from_input, const RecurrentState& state,
                                 RecurrenceTrace& trace);

// What of the gradient at_states [time, batch, state] comes back to each state by the layer's own
// recurrence alone, [time, batch, state]: its inputs count as constants.
torch::Tensor gradient_through_time(const RecurrentCell& cell, const TracedPass& pass,
                                    const torch::Tensor& at_states);

struct TracedLayer {
  std::string name{};  // of the module in the network
  std::shared_ptr<RecurrentLayerImpl> layer{};
  RecurrenceTrace trace{};
};

// While it lives, every recurrent layer of the network runs step by step and is recorded. Outputs
// and gradients are those of the fused layers but for rounding. For evaluation mode: no layer drops
// recurrent weights. Throws c10::Error where a layer has int8 weights.
class TracingScope {
 public:
  explicit TracingScope(const torch::nn::Module& network);
  ~TracingScope() { stop(); }
  TracingScope(const TracingScope&) = delete;
  TracingScope& operator=(const TracingScope&) = delete;

  const std::vector<TracedLayer>& layers() const { return layers_; }

 private:
  void stop();

  std::vector<TracedLayer> layers_;  // never moved: the layers hold addresses of their traces
};

}  // namespace rondo
