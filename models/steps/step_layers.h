#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/steps/step_cell.h"

namespace rondo {

// Dropout at one place of a loop, drawn before it: [time, rows, dim], or [1, rows, dim] where one
// mask holds for all steps, of 0 and 1 / (1 - rate); undefined: none. Its own adjoint.
struct StepMask {
  StepSeries factors{};
  torch::Tensor apply(int64_t t, const torch::Tensor& x) const {
    return factors.defined() ? x * factors[factors.time() == 1 ? 0 : t] : x;
  }
};

// What one layer of a decoder brings into a loop: its cell and, where it normalises its states, the
// gain and bias of that [hidden].
struct LayerTensors {
  CellTensors cell;
  torch::Tensor norm_weight{}, norm_bias{};

  template <typename Visit>
  void each(Visit visit) {
    cell.each(visit);
    visit(norm_weight);
    visit(norm_bias);
  }
};

struct StepLayersOptions {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  bool residual = false;
  bool bf16 = false;
  std::vector<StepMask> masks{};  // behind each layer
};

// A decoder's recurrent layers, step by step there and back: each with norm, residual and dropout
// behind it, as DecoderImpl::run_layers does.
class StepLayers {
 public:
  StepLayers(StepLayersOptions options, const std::vector<LayerTensors>& layers);

  size_t count() const { return layers_.size(); }
  // x [rows, input] of the first layer -> the last one's output [rows, hidden].
  const torch::Tensor& forward(int64_t t, const torch::Tensor& x);
  const torch::Tensor& top_before(int64_t t) const { return layers_.back().cell.before(t); }
  std::vector<RecurrentState> last() const;
  torch::Tensor outputs() const { return torch::stack(layers_.back().outputs); }

  void begin_backward(const std::vector<RecurrentState>& at_last);
  // -> the gradient of x.
  torch::Tensor backward(int64_t t, torch::Tensor at_output);
  // As StepCell::add_to_state, of the last layer.
  void add_to_top(const torch::Tensor& at_hidden) { layers_.back().cell.add_to_state(at_hidden); }
  // xs [time, rows, input] of the first layer.
  std::vector<LayerTensors> gradients(const torch::Tensor& xs) const;

 private:
  struct Norm {
    torch::Tensor weight{}, bias{};
    torch::Tensor at_weight{}, at_bias{};
    std::vector<torch::Tensor> mean{}, rstd{};  // of each step
  };
  struct Layer {
    StepCell cell;
    Norm norm;
    std::vector<torch::Tensor> outputs{};  // of each step, [rows, hidden]
  };
  static torch::Tensor normalised(Norm& norm, int64_t t, const torch::Tensor& states);
  static torch::Tensor norm_backward(Norm& norm, int64_t t, const torch::Tensor& at_output,
                                     const torch::Tensor& states);

  StepLayersOptions options_;
  std::vector<Layer> layers_;
};

}  // namespace rondo
