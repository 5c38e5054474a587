#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/kernels/instruction_set.h"
#include "models/options.h"
#include "models/recurrent_state.h"

namespace rondo {

// One recurrent layer in one direction over whole sequences on the CPU, forwards and backwards in
// kernels of our own: one product for the inputs of all steps, then at each step one with a weight
// that was packed once and one pass for all gates; threads divide the batch and never wait for one
// another. Under bf16 autocast the products are made in bf16 and summed in float32, and states and
// gates are float32 between the steps.
struct FusedRecurrence {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  InstructionSet instructions = best_instructions();

  // Whether forward can take these: float32 on the CPU (or bf16 under its autocast), not empty.
  static bool takes(const torch::Tensor& inputs, const RecurrentState& state,
                    const std::vector<torch::Tensor>& weights);

  // inputs [time, batch, input]; state defined; weights: weight_ih, weight_hh, bias_ih, bias_hh.
  // Differentiable once. States are float32, or bf16 under autocast.
  RecurrentOutput forward(const torch::Tensor& inputs, const RecurrentState& state,
                          const std::vector<torch::Tensor>& weights) const;
};

}  // namespace rondo
