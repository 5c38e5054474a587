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
    const RecurrentLayerOptions layer_options{options.rnn_type, options.nonlinearity, input_size,
                                              options.hidden_size};
    const auto suffix = std::to_string(layer);
    forward_layers_.push_back(register_module("forward_" + suffix, RecurrentLayer(layer_options)));
    if (options.bidirectional) {
      backward_layers_.push_back(
          register_module("backward_" + suffix, RecurrentLayer(layer_options)));
    }
    input_size = output_size();
  }
}

int64_t EncoderImpl::output_size() const {
  return options.hidden_size * (options.bidirectional ? 2 : 1);
}

EncoderOutput EncoderImpl::forward(const torch::Tensor& tokens, const torch::Tensor& lengths) {
  TORCH_CHECK(tokens.dim() == 2, "encoder wants tokens [time, batch], got ", tokens.sizes());
  TORCH_CHECK(lengths.dim() == 1 && lengths.size(0) == tokens.size(1),
              "encoder wants lengths [batch], got ", lengths.sizes());
  const int64_t time = tokens.size(0), batch = tokens.size(1);
  const auto reversed = reversed_positions(lengths, time);
  const auto final_rows = (lengths - 1) * batch + torch::arange(batch, lengths.options());

  auto states = embedding_->forward(tokens);
  if (embedding_scale_ != 1.0) states = states * embedding_scale_;
  states = inverted_dropout(states, options.embedding_dropout, is_training());

  std::vector<torch::Tensor> last;
  for (size_t layer = 0; layer < forward_layers_.size(); ++layer) {
    auto ahead = forward_layers_[layer]->forward(states).states;
    auto final_states = ahead.reshape({time * batch, -1}).index_select(0, final_rows);
    if (options.bidirectional) {
      // In reversed order a sentence's first token comes last, at length - 1 as well.
      const auto back = backward_layers_[layer]->forward(gather_time(states, reversed)).states;
      const auto back_final = back.reshape({time * batch, -1}).index_select(0, final_rows);
      final_states = torch::cat({final_states, back_final}, -1);
      ahead = torch::cat({ahead, gather_time(back, reversed)}, -1);
    }
    if (options.residual && layer > 0) ahead = ahead + states;
    states = inverted_dropout(ahead, options.dropout, is_training());
    last.push_back(final_states);
  }
  return {states, torch::stack(last), length_mask(lengths, time)};
}

}  // namespace rondo
