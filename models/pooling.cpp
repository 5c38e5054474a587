#include "models/pooling.h"

#include <limits>

namespace rondo {
namespace {

constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();

// values [time, batch, any] with another value on padding. A product with the mask would not do: an
// exploded relu state is infinite, and 0 times infinity is not a number.
torch::Tensor with_padding(const torch::Tensor& values, const torch::Tensor& mask, float padding) {
  return values.masked_fill(mask.logical_not().unsqueeze(-1), padding);
}

torch::Tensor last_state(const EncoderOutput& encoded) { return encoded.last[-1]; }

torch::Tensor max_state(const EncoderOutput& encoded) {
  return with_padding(encoded.states, encoded.mask, kMinusInfinity).amax(0);
}

// Summed in float32: bf16 loses the small change that one of a hundred states makes.
torch::Tensor mean_state(const EncoderOutput& encoded) {
  const auto sum =
      with_padding(encoded.states, encoded.mask, 0.0f).sum(0, /*keepdim=*/false, torch::kFloat);
  const auto lengths = encoded.mask.sum(0).unsqueeze(-1);  // [batch, 1]
  return (sum / lengths).to(encoded.states.scalar_type());
}

}  // namespace

PoolImpl::PoolImpl(Pooling type, int64_t state_size, int64_t heads)
    : type_(type), state_size_(state_size), heads_(heads) {
  if (type_ != Pooling::attention) return;
  hidden_ = register_module("hidden", Projection(state_size, state_size));
  score_ = register_module(
      "score", torch::nn::Linear(torch::nn::LinearOptions(state_size, heads).bias(false)));
}

int64_t PoolImpl::output_size() const {
  if (type_ == Pooling::concat) return 3 * state_size_;
  return type_ == Pooling::attention ? heads_ * state_size_ : state_size_;
}

void PoolImpl::quantize() {
  if (!hidden_.is_empty()) hidden_->quantize();
}

void PoolImpl::pack(PackedType type) {
  if (!hidden_.is_empty()) hidden_->pack(type);
}

Pooled PoolImpl::forward(const EncoderOutput& encoded) {
  TORCH_CHECK(encoded.states.dim() == 3 && encoded.states.size(2) == state_size_,
              "pooling wants states [time, batch, ", state_size_, "], got ",
              encoded.states.sizes());
  switch (type_) {
    case Pooling::last:
      return {last_state(encoded), torch::Tensor()};
    case Pooling::mean:
      return {mean_state(encoded), torch::Tensor()};
    case Pooling::max:
      return {max_state(encoded), torch::Tensor()};
    case Pooling::concat:
      return {torch::cat({last_state(encoded), max_state(encoded), mean_state(encoded)}, -1),
              torch::Tensor()};
    case Pooling::attention:
      return attend(encoded);
  }
  return {};
}

Pooled PoolImpl::attend(const EncoderOutput& encoded) {
  const auto states = with_padding(encoded.states, encoded.mask, 0.0f);
  const auto scores =
      score_->forward(torch::tanh(hidden_->forward(states)));  // [time, batch, heads]
  const auto real_scores = with_padding(scores.to(torch::kFloat), encoded.mask, kMinusInfinity);
  const auto weights = torch::softmax(real_scores, 0).permute({1, 2, 0});
  const auto contexts = torch::bmm(weights.to(states.scalar_type()), states.transpose(0, 1));
  return {contexts.flatten(1), weights};  // contexts: [batch, heads, state]
}

}  // namespace rondo
