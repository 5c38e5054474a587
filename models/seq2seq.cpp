#include "models/seq2seq.h"

#include <cmath>
#include <stdexcept>

namespace rondo {
namespace {

torch::nn::Embedding make_embedding(int64_t vocab_size, int64_t dim) {
  torch::nn::Embedding embedding(vocab_size, dim);
  torch::NoGradGuard no_grad;
  embedding->weight.normal_(0.0, 1.0 / std::sqrt(static_cast<double>(dim)));
  return embedding;
}

void check(const Seq2SeqOptions& options) {
  const auto& [encoder, decoder] = std::tie(options.encoder, options.decoder);
  if (encoder.vocab_size <= 0 || decoder.vocab_size <= 0) {
    throw std::invalid_argument("the vocabulary is empty");
  }
  if (encoder.num_layers < 1 || decoder.num_layers < 1) {
    throw std::invalid_argument("num_layers must be at least 1");
  }
  if (options.tied_embeddings && (encoder.vocab_size != decoder.vocab_size ||
                                  encoder.embedding_dim != decoder.embedding_dim)) {
    throw std::invalid_argument(
        "tied_embeddings needs one vocabulary and one embedding_dim on both sides");
  }
}

double scale(const Seq2SeqOptions& options, int64_t dim) {
  return options.scale_embeddings ? std::sqrt(static_cast<double>(dim)) : 1.0;
}

}  // namespace

Seq2SeqImpl::Seq2SeqImpl(const Seq2SeqOptions& seq2seq_options) : options(seq2seq_options) {
  check(options);
  const auto& [source, target] = std::tie(options.encoder, options.decoder);
  target_embedding_ = register_module(options.tied_embeddings ? "embedding" : "target_embedding",
                                      make_embedding(target.vocab_size, target.embedding_dim));
  source_embedding_ = target_embedding_;
  if (!options.tied_embeddings) {
    source_embedding_ = register_module("source_embedding",
                                        make_embedding(source.vocab_size, source.embedding_dim));
  }
  encoder_ = register_module(
      "encoder", Encoder(source, source_embedding_, scale(options, source.embedding_dim)));
  decoder_ = register_module(
      "decoder",
      make_decoder(target, {encoder_->output_size(), target_embedding_,
                            scale(options, target.embedding_dim), options.tied_softmax}));
  const auto initialise = [&](const std::vector<RecurrentLayer>& layers) {
    for (auto layer : layers) {
      layer->initialise(options.init_rnn_orthogonal, options.lstm_forget_gate, options.chrono_init);
    }
  };
  initialise(encoder_->forward_layers());
  initialise(encoder_->backward_layers());
  initialise(decoder_->layers());
}

void Seq2SeqImpl::quantize() {
  round_to_int8(source_embedding_->weight);
  round_to_int8(target_embedding_->weight);
  encoder_->quantize();
  decoder_->quantize();
}

void Seq2SeqImpl::pack(PackedType type) {
  encoder_->pack(type);
  decoder_->pack(type);
}

DecoderOutput Seq2SeqImpl::forward(const torch::Tensor& source, const torch::Tensor& source_lengths,
                                   const torch::Tensor& target_in) {
  const auto encoded = encoder_->forward(source, source_lengths);
  return decoder_->forward(target_in, decoder_->remember(encoded),
                           decoder_->initial_state(encoded));
}

}  // namespace rondo
