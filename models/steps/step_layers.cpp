#include "models/steps/step_layers.h"

namespace rondo {
namespace {

constexpr double kNormEpsilon = 1e-5;  // torch::layer_norm's own

}  // namespace

StepLayers::StepLayers(StepLayersOptions options, const std::vector<LayerTensors>& layers)
    : options_(std::move(options)) {
  for (const LayerTensors& layer : layers) {
    const auto time = static_cast<size_t>(layer.cell.sums.size(0));
    layers_.push_back({.cell = {options_.type, options_.nonlinearity, layer.cell, options_.bf16},
                       .norm = {.weight = layer.norm_weight, .bias = layer.norm_bias}});
    layers_.back().outputs.resize(time);
    layers_.back().norm.mean.resize(time);
    layers_.back().norm.rstd.resize(time);
  }
}

torch::Tensor StepLayers::normalised(Norm& norm, int64_t t, const torch::Tensor& states) {
  if (!norm.weight.defined()) return states;
  const auto place = static_cast<size_t>(t);
  torch::Tensor output;
  std::tie(output, norm.mean[place], norm.rstd[place]) =
      torch::native_layer_norm(states, {states.size(1)}, norm.weight, norm.bias, kNormEpsilon);
  return output;
}

torch::Tensor StepLayers::norm_backward(Norm& norm, int64_t t, const torch::Tensor& at_output,
                                        const torch::Tensor& states) {
  if (!norm.weight.defined()) return at_output;
  const auto place = static_cast<size_t>(t);
  const auto [at_states, at_weight, at_bias] = torch::native_layer_norm_backward(
      at_output, states, {states.size(1)}, norm.mean[place], norm.rstd[place], norm.weight,
      norm.bias, {true, true, true});
  norm.at_weight += at_weight;
  norm.at_bias += at_bias;
  return at_states;
}

const torch::Tensor& StepLayers::forward(int64_t t, const torch::Tensor& x) {
  const torch::Tensor* input = &x;
  for (size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    auto output = normalised(layer.norm, t, layer.cell.forward(t, *input));
    if (options_.residual && i > 0) output = output + *input;
    layer.outputs[static_cast<size_t>(t)] = options_.masks[i].apply(t, output);
    input = &layer.outputs[static_cast<size_t>(t)];
  }
  return *input;
}

std::vector<RecurrentState> StepLayers::last() const {
  std::vector<RecurrentState> states;
  for (const Layer& layer : layers_) states.push_back(layer.cell.last());
  return states;
}

void StepLayers::begin_backward(const std::vector<RecurrentState>& at_last) {
  for (size_t i = 0; i < layers_.size(); ++i) {
    layers_[i].cell.begin_backward(at_last[i]);
    Norm& norm = layers_[i].norm;
    if (!norm.weight.defined()) continue;
    norm.at_weight = torch::zeros_like(norm.weight);
    norm.at_bias = torch::zeros_like(norm.bias);
  }
}

torch::Tensor StepLayers::backward(int64_t t, torch::Tensor at_output) {
  for (size_t i = layers_.size(); i-- > 0;) {
    Layer& layer = layers_[i];
    const auto at_sum = options_.masks[i].apply(t, at_output);
    const auto at_states = norm_backward(layer.norm, t, at_sum, layer.cell.before(t + 1));
    at_output = layer.cell.backward(t, at_states);
    if (options_.residual && i > 0) at_output += at_sum;
  }
  return at_output;
}

std::vector<LayerTensors> StepLayers::gradients(const torch::Tensor& xs) const {
  std::vector<LayerTensors> gradients;
  for (size_t i = 0; i < layers_.size(); ++i) {
    const auto inputs = i == 0 ? xs : torch::stack(layers_[i - 1].outputs);
    gradients.push_back({.cell = layers_[i].cell.gradients(inputs),
                         .norm_weight = layers_[i].norm.at_weight,
                         .norm_bias = layers_[i].norm.at_bias});
  }
  return gradients;
}

}  // namespace rondo
