#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/options.h"
#include "models/steps/attention_kernel.h"
#include "models/steps/step_matrix.h"
#include "models/steps/step_series.h"

namespace rondo {

// What attention brings into a loop, and, in the same fields, the gradients of that.
struct AttentionTensors {
  torch::Tensor keys{};                        // [batch, source, query]
  torch::Tensor values{};                      // [batch, source, memory]
  torch::Tensor bias{};                        // [batch, 1, source], 0 or -inf; has no gradient
  torch::Tensor query_weight{}, query_bias{};  // additive only: [query, query] and [query]
  torch::Tensor energy{};                      // additive only: [1, query]

  template <typename Visit>
  void each(Visit visit) {
    for (auto* tensor : {&keys, &values, &query_weight, &query_bias, &energy}) visit(*tensor);
  }
};

// Attention over the same memory, step by step there and back.
class StepAttention {
 public:
  StepAttention(AttentionType type, const AttentionTensors& tensors, int64_t time, bool bf16);

  // query [batch, query] -> context [batch, memory]
  const torch::Tensor& forward(int64_t t, const torch::Tensor& query);
  const torch::Tensor& weights() const { return weights_.all(); }  // [time, batch, source]
  const torch::Tensor& contexts() const { return contexts_.all(); }

  // at_weights [time, batch, source], undefined for zeros. Once before the steps back.
  void begin_backward(const torch::Tensor& at_weights);
  // -> the gradient of the query, until the next step back.
  const torch::Tensor& backward(int64_t t, const torch::Tensor& at_context);
  AttentionTensors gradients() const;

 private:
  AttentionStep step(int64_t t) const;
  StepSeries steps_of(int64_t time, int64_t width) const;
  bool additive() const { return tensors_.energy.defined(); }
  AttentionTensors tensors_;
  AttentionKernel kernel_;
  StepMatrix projection_;             // of queries; additive only
  StepSeries weights_, contexts_;     // [time, batch, ...]
  std::vector<torch::Tensor> asked_;  // each step's query
  StepSeries projected_;              // queries, additive only: [time, batch, query]
  // Gradients, [time, batch, ...].
  StepSeries at_weights_, at_contexts_, at_scores_, at_queries_;
  torch::Tensor at_asked_, at_keys_, at_energy_;  // additive only; the last one [batch, query]
};

}  // namespace rondo
