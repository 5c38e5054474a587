#include "models/looping_decoder.h"

#include <ATen/autocast_mode.h>

namespace rondo {
namespace {

torch::Tensor float32(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.to(torch::kFloat) : tensor;
}

bool multiplies_in_bf16() {
  return at::autocast::is_autocast_enabled(torch::kCPU) &&
         at::autocast::get_autocast_dtype(torch::kCPU) == torch::kBFloat16;
}

}  // namespace

bool LoopingDecoder::may_loop(const torch::Tensor& tokens, const AttentionMemory& memory) const {
  for (const auto& layer : layers_) {
    if (!layer->over_parameters()) return false;
  }
  return tokens.is_cpu() && tokens.size(0) > 1 && tokens.size(1) == memory.batch();
}

StepMask LoopingDecoder::mask_at(size_t place, torch::IntArrayRef sizes, int64_t width) const {
  const double rate = dropout_at(place);
  if (!is_training() || rate == 0.0) return {};
  const torch::NoGradGuard no_grad;
  const int64_t time = options.variational_dropout ? 1 : sizes[0];
  const auto ones = torch::ones({time, sizes[1], width});
  return {StepSeries(inverted_dropout(ones, rate, /*training=*/true))};
}

DecoderLoopPlan LoopingDecoder::loop_plan(torch::IntArrayRef sizes) const {
  DecoderLoopPlan plan{.feeds_readout = options.type == DecoderType::luong,
                       .layers = {.type = options.rnn_type,
                                  .nonlinearity = options.nonlinearity,
                                  .residual = options.residual,
                                  .bf16 = multiplies_in_bf16()},
                       .attention = options.attention,
                       .tanh_readout = !surroundings_.tied_softmax};
  for (size_t i = 0; i < layers_.size(); ++i) {
    plan.layers.masks.push_back(mask_at(i, sizes, options.hidden_size));
  }
  if (plan.feeds_readout) {
    plan.context_mask = mask_at(context_place(), sizes, surroundings_.memory_size);
    plan.feature_mask = mask_at(features_place(), sizes, feature_size());
  }
  return plan;
}

CellTensors LoopingDecoder::cell_tensors(size_t layer, const torch::Tensor& embedded,
                                         const Pass& pass) const {
  const auto weights =
      pass.weights[layer].empty() ? layers_[layer]->weights() : pass.weights[layer];
  const bool gru = options.rnn_type == RnnType::gru;
  const auto bias = gru ? weights[2] : weights[2] + weights[3];
  const RecurrentState& state = pass.state.layers[layer];
  CellTensors tensors{.weight_x = weights[0],
                      .weight_hh = weights[1],
                      .bias_hh = gru ? weights[3] : torch::Tensor(),
                      .hidden = float32(state.hidden),
                      .cell = float32(state.cell)};
  if (layer > 0) {
    tensors.sums = bias.expand({embedded.size(0), embedded.size(1), bias.size(0)});
    return tensors;
  }
  const auto parts = weights[0].split_with_sizes(
      {options.embedding_dim, weights[0].size(1) - options.embedding_dim}, 1);
  tensors.sums = float32(torch::linear(embedded, parts[0], bias));
  tensors.weight_x = parts[1];
  return tensors;
}

DecoderLoopTensors LoopingDecoder::loop_tensors(const torch::Tensor& embedded,
                                                const AttentionMemory& memory,
                                                const Pass& pass) const {
  const AttentionQuery query = attention_->query();
  DecoderLoopTensors tensors{.attention = {.keys = float32(memory.keys),
                                           .values = float32(memory.values),
                                           .bias = memory.bias,
                                           .query_weight = query.weight,
                                           .query_bias = query.bias,
                                           .energy = query.energy}};
  for (size_t i = 0; i < layers_.size(); ++i) {
    tensors.layers.push_back({.cell = cell_tensors(i, embedded, pass)});
    if (norms_.empty()) continue;
    tensors.layers[i].norm_weight = norms_[i]->weight();
    tensors.layers[i].norm_bias = norms_[i]->bias();
  }
  if (options.type == DecoderType::luong) {
    tensors.feed = float32(pass.state.feed);
    tensors.readout_weight = readout_->weight;
    tensors.readout_bias = readout_->bias;
  }
  return tensors;
}

}  // namespace rondo
