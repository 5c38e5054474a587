#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/options.h"
#include "models/recurrence_trace.h"
#include "models/recurrent_state.h"
#include "models/step_recurrence.h"

namespace rondo {

struct RecurrentLayerOptions {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  int64_t input_size = 0;
  int64_t hidden_size = 0;
  // While training, each drawn once a forward call, in [0, 1): on elements of weight_hh, and on its
  // columns, which are units of the state that a step reads.
  double weight_dropout = 0.0;
  double recurrent_dropout = 0.0;
};

// One layer in one direction over whole, unpacked sequences, so that fused kernels can take it: on
// a CPU fused_recurrence.h's, or oneDNN's for an LSTM in fp32; on a GPU cuDNN's. Weights carry
// torch.nn.LSTM's names and layout: weight_ih [gates * hidden, input], weight_hh [gates * hidden,
// hidden], bias_ih, bias_hh; gates in the order i, f, g, o (LSTM) and r, z, n (GRU).
class RecurrentLayerImpl : public torch::nn::Module {
 public:
  explicit RecurrentLayerImpl(const RecurrentLayerOptions& options);

  // inputs [time, batch, input]; state as returned before, or one of undefined tensors for zeros;
  // drawn: what weights() gave, for a pass that is made of several calls, or empty.
  RecurrentOutput forward(const torch::Tensor& inputs, const RecurrentState& state = {},
                          const std::vector<torch::Tensor>& drawn = {});

  // weight_ih, weight_hh, bias_ih, bias_hh as one forward call sees them: while training, both
  // dropouts (DropConnect, Wan et al. 2013; Gal & Ghahramani 2016) draw a new weight_hh each time.
  std::vector<torch::Tensor> weights() const;

  // Orthogonal recurrent matrices, one a gate (Saxe et al. 2014), and the LSTM's forget-gate bias
  // (Jozefowicz et al. 2015). With chrono_steps > 0, gate biases of LSTM and GRU drawn for memories
  // of up to so many steps instead (Tallec & Ollivier 2018, eq. 16).
  void initialise(bool orthogonal, double forget_gate_bias, int64_t chrono_steps = 0);

  // Evaluation steps over int8 weights from now on; the parameters keep the rounded values, for
  // what needs a gradient.
  void quantize();

  // Evaluation steps over weights packed for the CPU from now on, in fp32 equal but for rounding;
  // the parameters must not change any more.
  void pack(PackedType type);
  bool packed() const { return packed_.defined(); }

  // Neither int8 weights nor a trace: forward is a function of weights() alone.
  bool over_parameters() const { return !trace_ && !int8_.defined(); }

  // While there is a trace, forward goes step by step and records what it does; null = off. See
  // TracingScope.
  void record_in(RecurrenceTrace* trace);

  const RecurrentLayerOptions options;

 private:
  void draw_gate_biases(int64_t chrono_steps);
  RecurrentState zero_state(const torch::Tensor& inputs) const;
  RecurrentOutput step(const torch::Tensor& inputs, const RecurrentState& state,
                       const std::vector<torch::Tensor>& weights) const;
  RecurrentOutput sequence(const torch::Tensor& inputs, const RecurrentState& state,
                           const std::vector<torch::Tensor>& weights) const;
  void flatten_for_cudnn(const std::vector<torch::Tensor>& weights) const;

  torch::Tensor weight_ih_, weight_hh_, bias_ih_, bias_hh_;
  StepRecurrence<Int8Linear> int8_{};
  StepRecurrence<PackedLinear> packed_{};
  RecurrenceTrace* trace_ = nullptr;
};
TORCH_MODULE(RecurrentLayer);

// For each sentence, the positions 0 .. length-1 backwards, then the padding where it was:
// [time, batch] int64, from lengths [batch]. Its own inverse under gather_time.
torch::Tensor reversed_positions(const torch::Tensor& lengths, int64_t time);

// sequence [time, batch, dim] reordered along time by positions [time, batch], which must be its
// own inverse, as reversed_positions is: the gradient is reordered the same way, without a scatter.
torch::Tensor gather_time(const torch::Tensor& sequence, const torch::Tensor& positions);

}  // namespace rondo
