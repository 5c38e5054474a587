#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "models/encoder.h"
#include "models/options.h"
#include "models/pooling.h"

namespace rondo {

// The embedding of a model that reads one text: small normal vectors, and zeros for padding.
torch::nn::Embedding make_token_embedding(const EncoderOptions& options);

// The recurrent layers' first weights, as the options ask.
void initialise_layers(const EncoderImpl& encoder, const ClassifierOptions& options);

struct ClassifierOutput {
  torch::Tensor logits;     // [batch, outputs] float32
  torch::Tensor attention;  // [batch, heads, time], 0 on padding; undefined unless pooling attends
};

// A recurrent encoder whose states are pooled into one vector a sentence and read by a linear
// layer; or several of them, the members of an ensemble (Hansen & Salamon 1990), whose logits are
// averaged.
class ClassifierImpl : public torch::nn::Module {
 public:
  // Throws std::invalid_argument, naming the option, where the sizes make no model. Weights are
  // drawn from LibTorch's default generator; the vector of token 0, the padding, is zero and stays.
  explicit ClassifierImpl(const ClassifierOptions& options);

  // tokens [time, batch] int64; lengths [batch] int64 on the same device, each in [1, time].
  ClassifierOutput forward(const torch::Tensor& tokens, const torch::Tensor& lengths);

  // The same in two steps, for what needs the embedded tokens themselves (adversarial training,
  // explanations by gradients). embed: [time, batch, members * embedding_dim], dropout not yet
  // applied.
  torch::Tensor embed(const torch::Tensor& tokens);
  ClassifierOutput classify(const torch::Tensor& embedded, const torch::Tensor& lengths);

  // Weights to 8 bits, once and for good: evaluation on the CPU only (int8_matrix.h). The few rows
  // of the output layer and of the pooling's heads stay in fp32, as do biases.
  void quantize();

  // Evaluation over weights packed for the CPU from now on; the parameters must not change any
  // more.
  void pack(PackedType type);
  bool packed() const;

  // The networks that are trained, each by its own loss: the members, or itself alone.
  std::vector<ClassifierImpl*> members();

  const ClassifierOptions options;

 private:
  void make_members();
  void make_layers();
  ClassifierOutput classify_by_members(const torch::Tensor& embedded, const torch::Tensor& lengths);

  std::vector<std::shared_ptr<ClassifierImpl>> members_;  // empty where there is one network
  torch::nn::Embedding embedding_{nullptr};
  Encoder encoder_{nullptr};
  Pool pool_{nullptr};
  torch::nn::Linear output_{nullptr};
};
TORCH_MODULE(Classifier);

}  // namespace rondo
