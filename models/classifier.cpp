#include "models/classifier.h"

#include <stdexcept>
#include <string>

#include "models/dropout.h"

namespace rondo {
namespace {

constexpr int64_t kPaddingToken = 0;

// Standard deviation. Smaller than a translator's: a word that is seldom seen says little.
constexpr double kEmbeddingSpread = 0.1;

void require_size(const char* option, int64_t size) {
  if (size < 1) throw std::invalid_argument(std::string(option) + " must be at least 1");
}

void require_rate(const char* option, double rate) {
  if (!(rate >= 0.0 && rate < 1.0)) {
    throw std::invalid_argument(std::string(option) + " must be in [0, 1)");
  }
}

void check(const ClassifierOptions& options) {
  const EncoderOptions& encoder = options.encoder;
  if (encoder.vocab_size < 1) throw std::invalid_argument("vocab_size: the vocabulary is empty");
  require_size("embedding_dim", encoder.embedding_dim);
  require_size("hidden_size", encoder.hidden_size);
  require_size("num_layers", encoder.num_layers);
  require_size("attention_heads", options.attention_heads);
  require_size("outputs", options.outputs);
  require_size("members", options.members);
  require_rate("dropout", encoder.dropout);
  require_rate("embedding_dropout", encoder.embedding_dropout);
  require_rate("word_dropout", encoder.word_dropout);
  require_rate("weight_dropout", encoder.weight_dropout);
  require_rate("recurrent_dropout", encoder.recurrent_dropout);
  require_rate("output_dropout", options.output_dropout);
}

}  // namespace

torch::nn::Embedding make_token_embedding(const EncoderOptions& options) {
  torch::nn::Embedding embedding(
      torch::nn::EmbeddingOptions(options.vocab_size, options.embedding_dim)
          .padding_idx(kPaddingToken));
  torch::NoGradGuard no_grad;
  embedding->weight.normal_(0.0, kEmbeddingSpread);
  embedding->weight[kPaddingToken].zero_();
  return embedding;
}

void initialise_layers(const EncoderImpl& encoder, const ClassifierOptions& options) {
  for (const auto* layers : {&encoder.forward_layers(), &encoder.backward_layers()}) {
    for (auto layer : *layers) {
      layer->initialise(options.init_rnn_orthogonal, options.lstm_forget_gate, options.chrono_init);
    }
  }
}

ClassifierImpl::ClassifierImpl(const ClassifierOptions& classifier_options)
    : options(classifier_options) {
  check(options);
  if (options.members > 1) {
    make_members();
  } else {
    make_layers();
  }
}

void ClassifierImpl::make_members() {
  ClassifierOptions alone = options;
  alone.members = 1;
  for (int64_t member = 0; member < options.members; ++member) {
    members_.push_back(register_module("member_" + std::to_string(member),
                                       std::make_shared<ClassifierImpl>(alone)));
  }
}

void ClassifierImpl::make_layers() {
  embedding_ = register_module("embedding", make_token_embedding(options.encoder));
  encoder_ = register_module("encoder", Encoder(options.encoder, embedding_));
  pool_ = register_module("pool",
                          Pool(options.pooling, encoder_->output_size(), options.attention_heads));
  output_ = register_module("output", torch::nn::Linear(pool_->output_size(), options.outputs));
  initialise_layers(*encoder_, options);
}

std::vector<ClassifierImpl*> ClassifierImpl::members() {
  if (members_.empty()) return {this};
  std::vector<ClassifierImpl*> all;
  for (const auto& member : members_) all.push_back(member.get());
  return all;
}

void ClassifierImpl::quantize() {
  for (auto& member : members_) member->quantize();
  if (!members_.empty()) return;
  round_to_int8(embedding_->weight);
  encoder_->quantize();
  pool_->quantize();
}

void ClassifierImpl::pack(PackedType type) {
  for (auto& member : members_) member->pack(type);
  if (!members_.empty()) return;
  encoder_->pack(type);
  pool_->pack(type);
}

bool ClassifierImpl::packed() const {
  return members_.empty() ? encoder_->packed() : members_.front()->packed();
}

ClassifierOutput ClassifierImpl::forward(const torch::Tensor& tokens,
                                         const torch::Tensor& lengths) {
  return classify(embed(tokens), lengths);
}

torch::Tensor ClassifierImpl::embed(const torch::Tensor& tokens) {
  if (members_.empty()) return encoder_->embed(tokens);
  std::vector<torch::Tensor> embedded;
  for (const auto& member : members_) embedded.push_back(member->embed(tokens));
  return torch::cat(embedded, -1);
}

ClassifierOutput ClassifierImpl::classify(const torch::Tensor& embedded,
                                          const torch::Tensor& lengths) {
  if (!members_.empty()) return classify_by_members(embedded, lengths);
  const auto pooled = pool_->forward(encoder_->encode(embedded, lengths));
  const auto vector = inverted_dropout(pooled.vector, options.output_dropout, is_training());
  return {output_->forward(vector).to(torch::kFloat), pooled.weights};
}

ClassifierOutput ClassifierImpl::classify_by_members(const torch::Tensor& embedded,
                                                     const torch::Tensor& lengths) {
  const auto parts = embedded.chunk(options.members, -1);
  std::vector<torch::Tensor> logits, attention;
  for (size_t member = 0; member < members_.size(); ++member) {
    const auto output = members_[member]->classify(parts[member], lengths);
    logits.push_back(output.logits);
    if (output.attention.defined()) attention.push_back(output.attention);
  }
  return {torch::stack(logits).mean(0),
          attention.empty() ? torch::Tensor() : torch::cat(attention, 1)};
}

}  // namespace rondo
