#include "models/decoder.h"

#include <cmath>
#include <string>

namespace rondo {

DecoderState select_rows(const DecoderState& state, const torch::Tensor& rows) {
  DecoderState selected;
  for (const auto& layer : state.layers) selected.layers.push_back(select_rows(layer, rows));
  if (state.feed.defined()) selected.feed = state.feed.index_select(0, rows);
  return selected;
}

DecoderImpl::DecoderImpl(const DecoderOptions& decoder_options,
                         const DecoderSurroundings& surroundings, const Widths& widths)
    : options(decoder_options), surroundings_(surroundings) {
  for (int64_t layer = 0; layer < options.num_layers; ++layer) {
    layers_.push_back(register_module(
        "layer_" + std::to_string(layer),
        RecurrentLayer(RecurrentLayerOptions{
            options.rnn_type, options.nonlinearity, layer == 0 ? widths.first : widths.upper,
            options.hidden_size, options.weight_dropout, options.recurrent_dropout})));
    if (options.layer_norm) {
      norms_.push_back(
          register_module("norm_" + std::to_string(layer), StateNorm(1, options.hidden_size)));
    }
  }
  if (options.type != DecoderType::vanilla) {
    attention_ = register_module(
        "attention", Attention(options.attention, options.hidden_size, surroundings_.memory_size));
  }
  if (options.init_hidden != BridgeType::zero) {
    bridge_ = register_module(
        "bridge", Projection(surroundings_.memory_size, options.num_layers * options.hidden_size));
  }
  readout_ = register_module("readout", Projection(widths.readout, feature_size()));
  if (!surroundings_.tied_softmax) {
    const double spread = 1.0 / std::sqrt(static_cast<double>(feature_size()));
    output_weight_ = register_parameter(
        "output_weight", torch::randn({options.vocab_size, feature_size()}) * spread);
  }
  output_bias_ = register_parameter("output_bias", torch::zeros({options.vocab_size}));
}

int64_t DecoderImpl::feature_size() const {
  return surroundings_.tied_softmax ? options.embedding_dim : options.hidden_size;
}

const torch::Tensor& DecoderImpl::output_weight() const {
  return surroundings_.tied_softmax ? surroundings_.embedding->weight : output_weight_;
}

AttentionMemory DecoderImpl::remember(const EncoderOutput& encoded) {
  if (!attention_.is_empty()) return attention_->remember(encoded);
  return {torch::Tensor(), encoded.last[-1].unsqueeze(1), torch::Tensor()};
}

DecoderState DecoderImpl::initial_state(const EncoderOutput& encoded) {
  const int64_t batch = encoded.mask.size(1);
  const auto float_options = encoded.states.options().dtype(torch::kFloat);
  const auto zeros = torch::zeros({batch, options.hidden_size}, float_options);
  std::vector<torch::Tensor> hidden(static_cast<size_t>(options.num_layers), zeros);
  if (!bridge_.is_empty()) {
    auto summary = encoded.last[-1];
    if (options.init_hidden == BridgeType::mean) {
      const auto mask = encoded.mask.unsqueeze(-1).to(encoded.states.scalar_type());
      summary = (encoded.states * mask).sum(0) / mask.sum(0);
    }
    hidden = torch::tanh(bridge_->forward(summary)).to(torch::kFloat).chunk(options.num_layers, 1);
  }
  DecoderState state;
  for (auto& layer : hidden) {
    state.layers.push_back(
        {layer.contiguous(), options.rnn_type == RnnType::lstm ? zeros : torch::Tensor()});
  }
  if (options.type == DecoderType::luong && options.input_feeding) {
    state.feed = torch::zeros({batch, feature_size()}, float_options);
  }
  return state;
}

DecoderImpl::Pass DecoderImpl::begin(const DecoderState& state) const {
  Pass pass{.state = state, .held = {}, .weights = {}};
  pass.held.resize(layers_.size() + 2);
  pass.weights.resize(layers_.size());
  const bool draws = options.weight_dropout > 0.0 || options.recurrent_dropout > 0.0;
  for (size_t i = 0; i < layers_.size() && draws; ++i) pass.weights[i] = layers_[i]->weights();
  return pass;
}

torch::Tensor DecoderImpl::embed(const torch::Tensor& tokens) {
  TORCH_CHECK(tokens.dim() == 2, "decoder wants tokens [time, rows], got ", tokens.sizes());
  auto embedding = surroundings_.embedding;
  auto embedded = embedding->forward(tokens);
  if (surroundings_.embedding_scale != 1.0) embedded = embedded * surroundings_.embedding_scale;
  embedded = word_dropout(embedded, options.word_dropout, is_training());
  return options.variational_dropout
             ? variational_dropout(embedded, options.embedding_dropout, is_training())
             : inverted_dropout(embedded, options.embedding_dropout, is_training());
}

double DecoderImpl::dropout_at(size_t place) const {
  return place == features_place() ? options.output_dropout : options.dropout;
}

torch::Tensor DecoderImpl::dropped(const torch::Tensor& states, size_t place, Pass& pass) const {
  const double rate = dropout_at(place);
  return options.variational_dropout ? pass.held[place].apply(states, rate, is_training())
                                     : inverted_dropout(states, rate, is_training());
}

torch::Tensor DecoderImpl::readout(const std::vector<torch::Tensor>& parts, Pass& pass) {
  auto features = readout_->forward(torch::cat(parts, -1));
  if (!surroundings_.tied_softmax) features = torch::tanh(features);
  return dropped(features, features_place(), pass);
}

torch::Tensor DecoderImpl::run_layer(size_t layer, const torch::Tensor& inputs, Pass& pass) {
  RecurrentState& state = pass.state.layers[layer];
  const auto output = layers_[layer]->forward(inputs, state, pass.weights[layer]);
  state = output.last;
  return norms_.empty() ? output.states : norms_[layer]->forward(output.states);
}

torch::Tensor DecoderImpl::run_layers(size_t first, torch::Tensor inputs,
                                      const torch::Tensor& extra, Pass& pass) {
  for (size_t layer = first; layer < layers_.size(); ++layer) {
    const auto seen = extra.defined() ? torch::cat({inputs, extra}, -1) : inputs;
    const auto states = run_layer(layer, seen, pass);
    const bool adds = options.residual && layer > 0;
    inputs = dropped(adds ? states + inputs : states, layer, pass);
  }
  return inputs;
}

void DecoderImpl::quantize() {
  for (auto& layer : layers_) layer->quantize();
  if (!attention_.is_empty()) attention_->quantize();
  if (!bridge_.is_empty()) bridge_->quantize();
  readout_->quantize();
  if (output_weight_.defined()) round_to_int8(output_weight_);
  if (!int8_output_.defined()) int8_output_ = Int8Linear(output_weight(), output_bias_);
}

void DecoderImpl::pack(PackedType type) {
  for (auto& layer : layers_) layer->pack(type);
  if (!attention_.is_empty()) attention_->pack(type);
  if (!bridge_.is_empty()) bridge_->pack(type);
  readout_->pack(type);
  packed_output_ = PackedLinear(output_weight(), output_bias_, type);
}

OutputSelection DecoderImpl::select_output(const torch::Tensor& ids) const {
  return {output_weight(), output_bias_, ids, int8_output_.defined()};
}

torch::Tensor DecoderImpl::logits(const torch::Tensor& features) {
  if (!is_training() && !wants_gradient(features)) {
    if (int8_output_.defined()) return int8_output_.forward(features);
    if (packed_output_.defined()) return packed_output_.forward(features);
  }
  return torch::linear(features, output_weight(), output_bias_).to(torch::kFloat);
}

}  // namespace rondo
