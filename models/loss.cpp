#include "models/loss.h"

#include <ATen/autocast_mode.h>

namespace rondo {
namespace {

// The type the output layer's products are made in: autocast's where it is on.
torch::ScalarType product_type(const torch::Tensor& features) {
  const auto device = features.device().type();
  return at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device)
                                                   : torch::kFloat;
}

struct AutocastOff {
  explicit AutocastOff(c10::DeviceType type)
      : device(type), was_on(at::autocast::is_autocast_enabled(type)) {
    at::autocast::set_autocast_enabled(device, false);
  }
  ~AutocastOff() { at::autocast::set_autocast_enabled(device, was_on); }
  AutocastOff(const AutocastOff&) = delete;
  AutocastOff& operator=(const AutocastOff&) = delete;
  c10::DeviceType device;
  bool was_on;
};

// [tokens, vocab] log-probabilities in float32.
torch::Tensor log_probs(const torch::Tensor& features, const torch::Tensor& weight,
                        const torch::Tensor& bias) {
  return torch::log_softmax(torch::addmm(bias, features, weight.t()).to(torch::kFloat), -1);
}

struct Pieces {
  torch::Tensor features, weight, bias;  // in the type of the products
};

Pieces cast(const torch::Tensor& features, const torch::Tensor& weight, const torch::Tensor& bias) {
  const auto type = product_type(features);
  return {features.to(type), weight.to(type), bias.to(type)};
}

// d loss / d logits of a smoothed cross-entropy is softmax - smoothed target; all gradients are
// made in forward, chunk by chunk, and only scaled in backward.
struct LinearCrossEntropy : torch::autograd::Function<LinearCrossEntropy> {
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& features,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias,
                                                const torch::Tensor& targets, double smoothing,
                                                int64_t chunk) {
    const auto [x, w, b] = cast(features, weight, bias);
    const AutocastOff autocast_off(features.device().type());
    const auto float_options = features.options().dtype(torch::kFloat);
    auto sum = torch::zeros({}, float_options), nll = torch::zeros({}, float_options);
    auto grad_features = torch::empty_like(x);
    auto grad_weight = torch::zeros(weight.sizes(), float_options);
    auto grad_bias = torch::zeros(bias.sizes(), float_options);
    const int64_t tokens = features.size(0), vocab = weight.size(0);
    for (int64_t begin = 0; begin < tokens; begin += chunk) {
      const int64_t count = std::min(chunk, tokens - begin);
      const auto part = x.narrow(0, begin, count);
      const auto target = targets.narrow(0, begin, count).unsqueeze(1);
      auto scores = log_probs(part, w, b);
      const auto chunk_nll = -scores.gather(1, target).sum();
      nll += chunk_nll;
      sum += (1 - smoothing) * chunk_nll;
      if (smoothing > 0) sum -= scores.sum() * (smoothing / static_cast<double>(vocab));
      auto grad = scores.exp_();
      if (smoothing > 0) grad.sub_(smoothing / static_cast<double>(vocab));
      grad.scatter_add_(1, target, torch::full_like(target, smoothing - 1, float_options));
      grad_bias += grad.sum(0);
      const auto product = grad.to(x.scalar_type());
      auto slot = grad_features.narrow(0, begin, count);
      torch::mm_out(slot, product, w);
      grad_weight += torch::mm(product.t(), part);
    }
    context->save_for_backward({grad_features.to(features.scalar_type()), grad_weight, grad_bias});
    context->mark_non_differentiable({nll});
    return {sum, nll};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& scale = gradients[0];
    return {saved[0] * scale.to(saved[0].scalar_type()),
            saved[1] * scale,
            saved[2] * scale,
            {},
            {},
            {}};
  }
};

}  // namespace

LossSum linear_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             double label_smoothing, int64_t chunk) {
  TORCH_CHECK(features.dim() == 2 && targets.dim() == 1 && features.size(0) == targets.size(0),
              "loss wants features [tokens, dim] and targets [tokens], got ", features.sizes(),
              " and ", targets.sizes());
  const auto results =
      LinearCrossEntropy::apply(features, weight, bias, targets, label_smoothing, chunk);
  return {results[0], results[1], targets.size(0)};
}

torch::Tensor target_log_probs(const torch::Tensor& features, const torch::Tensor& weight,
                               const torch::Tensor& bias, const torch::Tensor& targets,
                               int64_t chunk) {
  torch::NoGradGuard no_grad;
  const auto [x, w, b] = cast(features, weight, bias);
  const AutocastOff autocast_off(features.device().type());
  std::vector<torch::Tensor> parts;
  for (int64_t begin = 0; begin < features.size(0); begin += chunk) {
    const int64_t count = std::min(chunk, features.size(0) - begin);
    const auto scores = log_probs(x.narrow(0, begin, count), w, b);
    parts.push_back(scores.gather(1, targets.narrow(0, begin, count).unsqueeze(1)).squeeze(1));
  }
  return parts.empty() ? torch::empty({0}, features.options().dtype(torch::kFloat))
                       : torch::cat(parts);
}

}  // namespace rondo
