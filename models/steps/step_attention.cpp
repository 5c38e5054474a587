#include "models/steps/step_attention.h"

#include <cmath>

namespace rondo {
namespace {

float scale_of(AttentionType type, int64_t query) {
  return type == AttentionType::scaled_dot ? 1.0f / std::sqrt(static_cast<float>(query)) : 1.0f;
}

// [time, batch, dim] -> [batch, time, dim]
torch::Tensor by_sentence(const torch::Tensor& steps) { return steps.transpose(0, 1); }

}  // namespace

StepAttention::StepAttention(AttentionType type, const AttentionTensors& tensors, int64_t time,
                             bool bf16)
    : tensors_{tensors.keys.contiguous(), tensors.values.contiguous(), tensors.bias.contiguous(),
               tensors.query_weight,      tensors.query_bias,          tensors.energy},
      queries_(static_cast<size_t>(time)),
      projected_queries_(static_cast<size_t>(time)) {
  const int64_t batch = tensors.keys.size(0), source = tensors.keys.size(1);
  const int64_t query = tensors.keys.size(2), memory = tensors.values.size(2);
  if (additive()) {
    tensors_.energy = tensors_.energy.contiguous();
    projection_ = StepMatrix(tensors.query_weight, bf16);
  }
  kernel_ = {.rows = batch,
             .source = source,
             .query = query,
             .memory = memory,
             .keys = tensors_.keys.data_ptr<float>(),
             .values = tensors_.values.data_ptr<float>(),
             .bias = tensors_.bias.data_ptr<float>(),
             .scale = scale_of(type, query),
             .energy = additive() ? tensors_.energy.data_ptr<float>() : nullptr};
  all_weights_ = torch::empty({time, batch, source}, tensors.values.options());
  all_contexts_ = torch::empty({time, batch, memory}, tensors.values.options());
  weights_ = all_weights_.unbind(0);
  contexts_ = all_contexts_.unbind(0);
}

AttentionStep StepAttention::step(int64_t t) const {
  const auto place = static_cast<size_t>(t);
  return {.queries = projected_queries_[place].data_ptr<float>(),
          .weights = weights_[place].data_ptr<float>(),
          .context = contexts_[place].data_ptr<float>()};
}

const torch::Tensor& StepAttention::forward(int64_t t, const torch::Tensor& query) {
  const auto place = static_cast<size_t>(t);
  queries_[place] = query;
  if (additive()) {
    auto projected = tensors_.query_bias.expand_as(query).clone(torch::MemoryFormat::Contiguous);
    projection_.add_forward(query, projected);
    projected_queries_[place] = projected;
  } else {
    projected_queries_[place] = query.contiguous();
  }
  attend(kernel_, step(t));
  return contexts_[place];
}

void StepAttention::begin_backward(const torch::Tensor& at_weights) {
  at_weights_ = at_weights.defined() ? at_weights.to(torch::kFloat).contiguous() : at_weights;
  at_scores_ = torch::empty_like(all_weights_);
  at_contexts_ = torch::empty_like(all_contexts_);
  at_queries_ =
      torch::empty({all_weights_.size(0), kernel_.rows, kernel_.query}, all_weights_.options());
  if (!additive()) return;
  at_keys_ = torch::zeros_like(tensors_.keys);
  at_energy_ = torch::zeros({kernel_.rows, kernel_.query}, all_weights_.options());
}

torch::Tensor StepAttention::backward(int64_t t, const torch::Tensor& at_context) {
  at_contexts_[t].copy_(at_context);
  const auto at_query = at_queries_[t];
  attend_backward(kernel_, step(t),
                  {.context = at_contexts_[t].data_ptr<float>(),
                   .weights = at_weights_.defined() ? at_weights_[t].data_ptr<float>() : nullptr,
                   .scores = at_scores_[t].data_ptr<float>(),
                   .queries = at_query.data_ptr<float>(),
                   .keys = additive() ? at_keys_.data_ptr<float>() : nullptr,
                   .energy = additive() ? at_energy_.data_ptr<float>() : nullptr});
  return additive() ? projection_.backward(at_query) : at_query;
}

AttentionTensors StepAttention::gradients() const {
  AttentionTensors gradients;
  gradients.values =
      torch::bmm(by_sentence(all_weights_).transpose(1, 2), by_sentence(at_contexts_));
  if (additive()) {
    gradients.keys = at_keys_;
    gradients.energy = at_energy_.sum(0, /*keepdim=*/true);
    gradients.query_bias = at_queries_.sum({0, 1});
    gradients.query_weight = projection_.weight_gradient(at_queries_, all_queries());
  } else {
    gradients.keys =
        torch::bmm(by_sentence(at_scores_).transpose(1, 2), by_sentence(all_queries()));
  }
  return gradients;
}

}  // namespace rondo
