#include "models/steps/step_attention.h"

#include <cmath>

namespace rondo {
namespace {

float scale_of(AttentionType type, int64_t query) {
  return type == AttentionType::scaled_dot ? 1.0f / std::sqrt(static_cast<float>(query)) : 1.0f;
}

// [time, batch, source] and [time, batch, dim] -> [batch, source, dim], summed over the steps.
torch::Tensor over_steps(const StepSeries& by_source, const torch::Tensor& vectors) {
  return torch::bmm(by_source.all().permute({1, 2, 0}), vectors.transpose(0, 1));
}

}  // namespace

StepAttention::StepAttention(AttentionType type, const AttentionTensors& tensors, int64_t time,
                             bool bf16)
    : tensors_(tensors), asked_(static_cast<size_t>(time)) {
  for (auto* tensor : {&tensors_.keys, &tensors_.values, &tensors_.bias}) {
    *tensor = tensor->contiguous();
  }
  kernel_ = {.rows = tensors_.keys.size(0),
             .source = tensors_.keys.size(1),
             .query = tensors_.keys.size(2),
             .memory = tensors_.values.size(2),
             .keys = tensors_.keys.data_ptr<float>(),
             .values = tensors_.values.data_ptr<float>(),
             .bias = tensors_.bias.data_ptr<float>(),
             .scale = scale_of(type, tensors_.keys.size(2))};
  weights_ = steps_of(time, kernel_.source);
  contexts_ = steps_of(time, kernel_.memory);
  if (!additive()) return;
  tensors_.energy = tensors_.energy.contiguous();
  kernel_.energy = tensors_.energy.data_ptr<float>();
  projection_ = StepMatrix(tensors_.query_weight, bf16);
  projected_ = StepSeries(tensors_.query_bias.expand({time, kernel_.rows, kernel_.query})
                              .clone(torch::MemoryFormat::Contiguous));
}

StepSeries StepAttention::steps_of(int64_t time, int64_t width) const {
  return StepSeries(torch::empty({time, kernel_.rows, width}, tensors_.values.options()));
}

AttentionStep StepAttention::step(int64_t t) const {
  return {
      .queries = additive() ? projected_.data(t) : asked_[static_cast<size_t>(t)].data_ptr<float>(),
      .weights = weights_.data(t),
      .context = contexts_.data(t)};
}

const torch::Tensor& StepAttention::forward(int64_t t, const torch::Tensor& query) {
  asked_[static_cast<size_t>(t)] = query;
  if (additive()) projection_.add_forward(query, projected_[t]);
  attend(kernel_, step(t));
  return contexts_[t];
}

void StepAttention::begin_backward(const torch::Tensor& at_weights) {
  const int64_t time = weights_.time();
  at_weights_ =
      at_weights.defined() ? StepSeries(at_weights.to(torch::kFloat).contiguous()) : StepSeries();
  at_scores_ = steps_of(time, kernel_.source);
  at_contexts_ = steps_of(time, kernel_.memory);
  at_queries_ = steps_of(time, kernel_.query);
  if (!additive()) return;
  projection_.pack_backward();
  at_asked_ = torch::empty_like(asked_.front());
  at_keys_ = torch::zeros_like(tensors_.keys);
  at_energy_ = torch::zeros_like(asked_.front());
}

const torch::Tensor& StepAttention::backward(int64_t t, const torch::Tensor& at_context) {
  at_contexts_[t].copy_(at_context);
  attend_backward(kernel_, step(t),
                  {.context = at_contexts_.data(t),
                   .weights = at_weights_.data(t),
                   .scores = at_scores_.data(t),
                   .queries = at_queries_.data(t),
                   .keys = additive() ? at_keys_.data_ptr<float>() : nullptr,
                   .energy = additive() ? at_energy_.data_ptr<float>() : nullptr});
  if (!additive()) return at_queries_[t];
  projection_.backward(at_queries_[t], at_asked_);
  return at_asked_;
}

AttentionTensors StepAttention::gradients() const {
  const auto queries = torch::stack(asked_);
  AttentionTensors gradients;
  gradients.values = over_steps(weights_, at_contexts_.all());
  if (additive()) {
    gradients.keys = at_keys_;
    gradients.energy = at_energy_.sum(0, /*keepdim=*/true);
    gradients.query_bias = at_queries_.all().sum({0, 1});
    gradients.query_weight = projection_.weight_gradient(at_queries_.all(), queries);
  } else {
    gradients.keys = over_steps(at_scores_, queries);
  }
  return gradients;
}

}  // namespace rondo
