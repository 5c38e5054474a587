#include "models/language_model.h"

#include <stdexcept>

#include "models/classifier.h"
#include "models/dropout.h"

namespace rondo {
namespace {

// sequence [time, batch, ...], from time `shift` on, where mask [times, batch] is true: [rows,
// ...].
torch::Tensor real_rows(const torch::Tensor& sequence, const torch::Tensor& mask, int64_t shift) {
  return sequence.narrow(0, shift, mask.size(0)).flatten(0, 1).index({mask.flatten()});
}

}  // namespace

LanguageModelImpl::LanguageModelImpl(const ClassifierOptions& model_options)
    : options(model_options) {
  const EncoderOptions& encoder = options.encoder;
  if (encoder.bidirectional && encoder.num_layers > 1) {
    throw std::invalid_argument(
        "a language model of several layers must have bidirectional: false, since a second layer "
        "would read what is to be predicted");
  }
  embedding_ = register_module("embedding", make_token_embedding(encoder));
  encoder_ = register_module("encoder", Encoder(encoder, embedding_));
  const auto projection = [&] {
    return torch::nn::Linear(encoder.hidden_size, encoder.embedding_dim);
  };
  forward_projection_ = register_module("forward_projection", projection());
  if (encoder.bidirectional) {
    backward_projection_ = register_module("backward_projection", projection());
  }
  output_bias_ = register_parameter("output_bias", torch::zeros({encoder.vocab_size}));
  initialise_layers(*encoder_, options);
}

torch::Tensor LanguageModelImpl::features(const torch::Tensor& states,
                                          torch::nn::Linear& projection) {
  return inverted_dropout(projection->forward(states), options.output_dropout, is_training());
}

LanguageModelImpl::Predictions LanguageModelImpl::predictions(const torch::Tensor& tokens,
                                                              const torch::Tensor& lengths) {
  const auto encoded = encoder_->forward(tokens, lengths);
  // Where a token and the one after it are real, [time - 1, batch].
  const auto pairs = encoded.mask.narrow(0, 1, tokens.size(0) - 1);
  const int64_t hidden = options.encoder.hidden_size;
  std::vector<torch::Tensor> inputs{
      features(real_rows(encoded.states.narrow(2, 0, hidden), pairs, 0), forward_projection_)};
  std::vector<torch::Tensor> targets{real_rows(tokens, pairs, 1)};
  if (options.encoder.bidirectional) {
    inputs.push_back(features(real_rows(encoded.states.narrow(2, hidden, hidden), pairs, 1),
                              backward_projection_));
    targets.push_back(real_rows(tokens, pairs, 0));
  }
  return {torch::cat(inputs), torch::cat(targets)};
}

LossSum LanguageModelImpl::loss(const torch::Tensor& tokens, const torch::Tensor& lengths,
                                const PairedLossOptions& options) {
  if (tokens.size(0) < 2) return {output_bias_.sum() * 0, torch::zeros_like(output_bias_.sum()), 0};
  const auto [features, targets] = predictions(tokens, lengths);
  if (options.alpha == 0) {
    return linear_cross_entropy(features, embedding_->weight, output_bias_, targets,
                                options.label_smoothing);
  }
  const auto again = predictions(tokens, lengths).features;
  return paired_cross_entropy(torch::cat({features, again}), embedding_->weight, output_bias_,
                              targets, options);
}

}  // namespace rondo
