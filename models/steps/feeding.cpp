#include "models/steps/feeding.h"

namespace rondo {
namespace {

int64_t steps_of(const DecoderLoopTensors& tensors) {
  return tensors.layers.front().cell.sums.size(0);
}

StepAttention attention_of(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors) {
  return {plan.attention, tensors.attention, steps_of(tensors), plan.layers.bf16};
}

// Float32 gradients of each step's output, zeros where there are none.
std::vector<torch::Tensor> steps_or_zeros(const torch::Tensor& gradient, const torch::Tensor& like,
                                          int64_t time) {
  if (gradient.defined()) return gradient.to(torch::kFloat).unbind(0);
  return std::vector<torch::Tensor>(static_cast<size_t>(time), torch::zeros_like(like));
}

}  // namespace

ReadoutFeeding::ReadoutFeeding(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors)
    : plan_(plan), layers_(plan.layers, tensors.layers), attention_(attention_of(plan, tensors)) {
  const int64_t time = steps_of(tensors), rows = tensors.feed.size(0);
  const int64_t features = tensors.readout_weight.size(0);
  const int64_t memory = tensors.attention.values.size(2);
  const int64_t hidden = tensors.readout_weight.size(1) - memory;
  from_top_ = StepMatrix(tensors.readout_weight.narrow(1, 0, hidden), plan.layers.bf16);
  from_context_ = StepMatrix(tensors.readout_weight.narrow(1, hidden, memory), plan.layers.bf16);
  readouts_ = StepSeries(
      tensors.readout_bias.expand({time, rows, features}).clone(torch::MemoryFormat::Contiguous));
  feeds_.push_back(tensors.feed);
}

DecoderLoopOutput ReadoutFeeding::forward() {
  for (int64_t t = 0; t < readouts_.time(); ++t) {
    const auto& readout = readouts_[t];
    tops_.push_back(layers_.forward(t, feeds_.back()));
    contexts_.push_back(plan_.context_mask.apply(t, attention_.forward(t, tops_.back())));
    from_top_.add_forward(tops_.back(), readout);
    from_context_.add_forward(contexts_.back(), readout);
    if (plan_.tanh_readout) readout.tanh_();
    feeds_.push_back(plan_.feature_mask.apply(t, readout));
  }
  return {.features = torch::stack(torch::TensorList(feeds_).slice(1)),
          .attention = attention_.weights().alias(),
          .last = layers_.last()};
}

torch::Tensor ReadoutFeeding::at_readout(int64_t t, const torch::Tensor& at_features) const {
  const auto at_output = plan_.feature_mask.apply(t, at_features);
  return plan_.tanh_readout ? torch::tanh_backward(at_output, readouts_[t]) : at_output;
}

DecoderLoopTensors ReadoutFeeding::backward(const DecoderLoopOutput& at) {
  layers_.begin_backward(at.last);
  attention_.begin_backward(at.attention);
  from_top_.pack_backward();
  from_context_.pack_backward();
  const auto at_features = steps_or_zeros(at.features, feeds_.back(), readouts_.time());
  std::vector<torch::Tensor> at_readouts(at_features.size());
  const auto at_top = torch::empty_like(tops_.back());
  const auto at_context = torch::empty_like(contexts_.back());
  auto at_feed = torch::zeros_like(feeds_.back());
  for (int64_t t = readouts_.time() - 1; t >= 0; --t) {
    auto& at_step = at_readouts[static_cast<size_t>(t)];
    at_step = at_readout(t, at_features[static_cast<size_t>(t)] + at_feed);
    from_context_.backward(at_step, at_context);
    from_top_.backward(at_step, at_top);
    at_top.add_(attention_.backward(t, plan_.context_mask.apply(t, at_context)));
    at_feed = layers_.backward(t, at_top);
  }
  return gradients(torch::stack(at_readouts), at_feed);
}

DecoderLoopTensors ReadoutFeeding::gradients(const torch::Tensor& at_readouts,
                                             const torch::Tensor& at_feed) const {
  const auto feeds = torch::stack(torch::TensorList(feeds_).slice(0, tops_.size()));
  const auto at_weight =
      torch::cat({from_top_.weight_gradient(at_readouts, torch::stack(tops_)),
                  from_context_.weight_gradient(at_readouts, torch::stack(contexts_))},
                 1);
  return {.layers = layers_.gradients(feeds),
          .attention = attention_.gradients(),
          .feed = at_feed,
          .readout_weight = at_weight,
          .readout_bias = at_readouts.sum({0, 1})};
}

ContextFeeding::ContextFeeding(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors)
    : time_(steps_of(tensors)),
      layers_(plan.layers, tensors.layers),
      attention_(attention_of(plan, tensors)) {}

DecoderLoopOutput ContextFeeding::forward() {
  for (int64_t t = 0; t < time_; ++t) {
    layers_.forward(t, attention_.forward(t, layers_.top_before(t)));
  }
  return {.features = layers_.outputs(),
          .contexts = attention_.contexts().alias(),
          .attention = attention_.weights().alias(),
          .last = layers_.last()};
}

DecoderLoopTensors ContextFeeding::backward(const DecoderLoopOutput& at) {
  layers_.begin_backward(at.last);
  attention_.begin_backward(at.attention);
  const auto at_tops = steps_or_zeros(at.features, layers_.top_before(0), time_);
  const auto at_contexts = steps_or_zeros(at.contexts, attention_.contexts()[0], time_);
  for (int64_t t = time_ - 1; t >= 0; --t) {
    const auto place = static_cast<size_t>(t);
    const auto at_context = layers_.backward(t, at_tops[place]) + at_contexts[place];
    layers_.add_to_top(attention_.backward(t, at_context));
  }
  return {.layers = layers_.gradients(attention_.contexts()), .attention = attention_.gradients()};
}

std::unique_ptr<StepLoop> make_step_loop(const DecoderLoopPlan& plan,
                                         const DecoderLoopTensors& tensors) {
  if (plan.feeds_readout) return std::make_unique<ReadoutFeeding>(plan, tensors);
  return std::make_unique<ContextFeeding>(plan, tensors);
}

}  // namespace rondo
