#pragma once

#include <torch/torch.h>

#include <memory>

#include "models/decoder.h"
#include "models/encoder.h"
#include "models/options.h"

namespace rondo {

// Encoder and decoder with their embeddings: p(target | source).
class Seq2SeqImpl : public torch::nn::Module {
 public:
  // Throws std::invalid_argument when the options contradict each other. Weights are drawn from
  // LibTorch's default generator; seed it with torch::manual_seed.
  explicit Seq2SeqImpl(const Seq2SeqOptions& options);

  // source [source_time, batch], source_lengths [batch], target_in [time, batch] beginning with
  // <s>.
  DecoderOutput forward(const torch::Tensor& source, const torch::Tensor& source_lengths,
                        const torch::Tensor& target_in);

  // Weights to 8 bits, once and for good: evaluation on the CPU only (int8_matrix.h). Embeddings
  // and output layer are rounded too; biases and the energy vector of additive attention stay as
  // they are.
  void quantize();

  // Evaluation over weights packed for the CPU from now on, for many products with few rows each;
  // the parameters must not change any more.
  void pack(PackedType type);
  bool packed() const { return encoder_->packed(); }

  Encoder& encoder() { return encoder_; }
  DecoderImpl& decoder() { return *decoder_; }

  const Seq2SeqOptions options;

 private:
  torch::nn::Embedding source_embedding_{nullptr}, target_embedding_{nullptr};
  Encoder encoder_{nullptr};
  std::shared_ptr<DecoderImpl> decoder_;
};
TORCH_MODULE(Seq2Seq);

}  // namespace rondo
