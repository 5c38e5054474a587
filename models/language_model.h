#pragma once

#include <torch/torch.h>

#include "models/encoder.h"
#include "models/loss.h"
#include "models/options.h"

namespace rondo {

// Predicts each token of a text from those before it, and with a bidirectional encoder also from
// those after it (Dai & Le 2015; Howard & Ruder 2018), with one embedding for what is read and what
// is predicted. Its "embedding" and "encoder" have the names and shapes of a Classifier's, which
// may begin with them.
class LanguageModelImpl : public torch::nn::Module {
 public:
  // Throws std::invalid_argument where a deeper layer would read what is to be predicted: more than
  // one bidirectional layer.
  explicit LanguageModelImpl(const ClassifierOptions& options);

  // tokens [time, batch] int64, each sentence ending with </s>; lengths [batch] int64. The loss is
  // summed over predictions: length - 1 a sentence and direction. With an alpha the text is read
  // twice under different dropout (paired_cross_entropy).
  LossSum loss(const torch::Tensor& tokens, const torch::Tensor& lengths,
               const PairedLossOptions& options);

  const ClassifierOptions options;

 private:
  // What is predicted from, [predictions, embedding_dim], and what, [predictions].
  struct Predictions {
    torch::Tensor features, targets;
  };
  Predictions predictions(const torch::Tensor& tokens, const torch::Tensor& lengths);
  torch::Tensor features(const torch::Tensor& states, torch::nn::Linear& projection);

  torch::nn::Embedding embedding_{nullptr};
  Encoder encoder_{nullptr};
  torch::nn::Linear forward_projection_{nullptr};   // state -> embedding_dim
  torch::nn::Linear backward_projection_{nullptr};  // undefined unless bidirectional
  torch::Tensor output_bias_;                       // [vocab]
};
TORCH_MODULE(LanguageModel);

}  // namespace rondo
