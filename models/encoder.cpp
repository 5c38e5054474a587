#include "models/encoder.h"

#include <string>

#include "models/dropout.h"
#include "models/masking.h"

namespace rondo {

EncoderImpl::EncoderImpl(const EncoderOptions& encoder_options, torch::nn::Embedding embedding,
                         double embedding_scale)
    : options(encoder_options), embedding_scale_(embedding_scale), embedding_(embedding) {
  int64_t input_size = options.embedding_dim;
  for (int64_t layer = 0; layer < options.num_layers; ++layer) {
    const RecurrentLayerOptions layer_options{
        options.rnn_type,    options.nonlinearity,   input_size,
        options.hidden_size, options.weight_dropout, options.recurrent_dropout};
    const auto suffix = std::to_string(layer);
    forward_layers_.push_back(register_module("forward_" + suffix, RecurrentLayer(layer_options)));
    if (options.bidirectional) {
      backward_layers_.push_back(
          register_module("backward_" + suffix, RecurrentLayer(layer_options)));
    }
    if (options.layer_norm) {
      norms_.push_back(register_module(
          "norm_" + suffix, StateNorm(options.bidirectional ? 2 : 1, options.hidden_size)));
    }
    input_size = output_size();
  }
}

void EncoderImpl::quantize() {
  for (auto& layer : forward_layers_) layer->quantize();
  for (auto& layer : backward_layers_) layer->quantize();
}

void EncoderImpl::pack(PackedType type) {
  for (auto& layer : forward_layers_) layer->pack(type);
  for (auto& layer : backward_layers_) layer->pack(type);
}

int64_t EncoderImpl::output_size() const {
  return options.hidden_size * (options.bidirectional ? 2 : 1);
}

EncoderOutput EncoderImpl::forward(const torch::Tensor& tokens, const torch::Tensor& lengths) {
  return encode(embed(tokens), lengths);
}

torch::Tensor EncoderImpl::embed(const torch::Tensor& tokens) {
  TORCH_CHECK(tokens.dim() == 2, "encoder wants tokens [time, batch], got ", tokens.sizes());
  const auto embedded = embedding_->forward(tokens);
  return embedding_scale_ == 1.0 ? embedded : embedded * embedding_scale_;
}

torch::Tensor EncoderImpl::dropped(const torch::Tensor& states, double rate) const {
  return options.variational_dropout ? variational_dropout(states, rate, is_training())
                                     : inverted_dropout(states, rate, is_training());
}

torch::Tensor EncoderImpl::run_layer(size_t layer, int64_t direction, const torch::Tensor& inputs) {
  auto& layers = direction == 0 ? forward_layers_ : backward_layers_;
  const auto states = layers[layer]->forward(inputs).states;
  return norms_.empty() ? states : norms_[layer]->forward(states, direction);
}

EncoderOutput EncoderImpl::encode(const torch::Tensor& embedded, const torch::Tensor& lengths) {
  TORCH_CHECK(embedded.dim() == 3 && embedded.size(2) == options.embedding_dim,
              "encoder wants embedded [time, batch, ", options.embedding_dim, "], got ",
              embedded.sizes());
  TORCH_CHECK(lengths.dim() == 1 && lengths.size(0) == embedded.size(1),
              "encoder wants lengths [batch], got ", lengths.sizes());
  const int64_t time = embedded.size(0), batch = embedded.size(1);
  const auto reversed = reversed_positions(lengths, time);
  const auto final_rows = (lengths - 1) * batch + torch::arange(batch, lengths.options());

  auto states = word_dropout(embedded, options.word_dropout, is_training());
  states = dropped(states, options.embedding_dropout);
  std::vector<torch::Tensor> last;
  for (size_t layer = 0; layer < forward_layers_.size(); ++layer) {
    auto ahead = run_layer(layer, 0, states);
    auto final_states = ahead.reshape({time * batch, -1}).index_select(0, final_rows);
    if (options.bidirectional) {
      // In reversed order a sentence's first token comes last, at length - 1 as well.
      const auto back = run_layer(layer, 1, gather_time(states, reversed));
      const auto back_final = back.reshape({time * batch, -1}).index_select(0, final_rows);
      final_states = torch::cat({final_states, back_final}, -1);
      ahead = torch::cat({ahead, gather_time(back, reversed)}, -1);
    }
    if (options.residual && layer > 0) ahead = ahead + states;
    states = dropped(ahead, options.dropout);
    last.push_back(final_states);
  }
  return {states, torch::stack(last), length_mask(lengths, time)};
}

}  // namespace rondo
