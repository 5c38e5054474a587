#include "models/loss.h"

#include <ATen/autocast_mode.h>

#include <optional>

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

struct OutputLayer {
  torch::Tensor features, weight, bias;  // [tokens, dim], [vocab, dim], [vocab]

  OutputLayer to(torch::ScalarType type) const {
    return {features.to(type), weight.to(type), bias.to(type)};
  }
};

// What the softmax over the whole vocabulary gives to the loss and to its gradient.
struct Partition {
  torch::Tensor log_sum;  // [tokens] float32, log of the sum of exponentials
  OutputLayer gradient;   // of the sum of log_sum
};

// The only place that meets [tokens, vocab]. log sum exp z = z_m - log p_m for any m; at the
// maximum p is largest and keeps its precision even in bf16.
Partition partition(const OutputLayer& layer, int64_t chunk) {
  const auto float_options = layer.features.options().dtype(torch::kFloat);
  const int64_t tokens = layer.features.size(0);
  Partition result{
      torch::empty({tokens}, float_options),
      {torch::empty_like(layer.features), torch::zeros(layer.weight.sizes(), float_options),
       torch::zeros(layer.bias.sizes(), float_options)}};
  for (int64_t begin = 0; begin < tokens; begin += chunk) {
    const int64_t count = std::min(chunk, tokens - begin);
    const auto features = layer.features.narrow(0, begin, count);
    const auto scores = torch::addmm(layer.bias, features, layer.weight.t());
    const auto probs = torch::softmax(scores, -1);
    const auto [top, place] = scores.max(1, /*keepdim=*/true);
    const auto top_prob = probs.gather(1, place).to(torch::kFloat);
    result.log_sum.narrow(0, begin, count)
        .copy_((top.to(torch::kFloat) - top_prob.log()).squeeze(1));
    auto slot = result.gradient.features.narrow(0, begin, count);
    torch::mm_out(slot, probs, layer.weight);
    result.gradient.weight += torch::mm(probs.t(), features);
    result.gradient.bias += probs.sum(0, /*keepdim=*/false, torch::kFloat);
  }
  return result;
}

// What divergence_gradient finds for the distributions of some tokens in two passes.
struct PairedSlice {
  torch::Tensor divergence;  // scalar: sum over tokens of sum of (p - q) (log p - log q) / 2
  torch::Tensor gradient;    // [2 * tokens, vocab] of log_sum + alpha * divergence by the logits
};

// log_probs [2 * tokens, vocab]: log p, then log q. By a logit of p the divergence's gradient is
// p (d - sum of p d) / 2 + (p - q) / 2 with d = log p - log q; by one of q the same, exchanged.
PairedSlice divergence_gradient(const torch::Tensor& log_probs, double alpha) {
  const int64_t tokens = log_probs.size(0) / 2;
  const auto probs = log_probs.exp();
  const auto p = probs.narrow(0, 0, tokens), q = probs.narrow(0, tokens, tokens);
  const auto d = log_probs.narrow(0, 0, tokens) - log_probs.narrow(0, tokens, tokens);
  const auto difference = p - q;
  const auto mean_p = (p * d).sum(1, /*keepdim=*/true), mean_q = (q * d).sum(1, /*keepdim=*/true);
  const double half = alpha / 2;
  p.mul_((d - mean_p).mul_(half).add_(1)).add_(difference, half);
  q.mul_((mean_q - d).mul_(half).add_(1)).sub_(difference, half);
  return {(mean_p - mean_q).sum() / 2, probs};
}

struct PairedPartition {
  Partition partition;       // of both passes, [2 * tokens]; its gradient holds the divergence's
  torch::Tensor divergence;  // scalar, alpha not applied
};

// As partition, with the same tokens of both passes in a chunk of half as many each.
PairedPartition paired_partition(const OutputLayer& layer, double alpha, int64_t chunk) {
  const auto float_options = layer.features.options().dtype(torch::kFloat);
  const int64_t tokens = layer.features.size(0) / 2, step = std::max<int64_t>(chunk / 2, 1);
  PairedPartition result{
      {torch::empty({2 * tokens}, float_options),
       {torch::empty_like(layer.features), torch::zeros(layer.weight.sizes(), float_options),
        torch::zeros(layer.bias.sizes(), float_options)}},
      torch::zeros({}, float_options)};
  for (int64_t begin = 0; begin < tokens; begin += step) {
    const int64_t count = std::min(step, tokens - begin);
    const auto slices = [&](const torch::Tensor& rows) {
      return rows.view({2, tokens, -1}).narrow(1, begin, count);  // [2, count, ...]
    };
    const auto features = slices(layer.features).reshape({2 * count, -1});
    const auto scores = torch::addmm(layer.bias, features, layer.weight.t()).to(torch::kFloat);
    const auto all = torch::log_softmax(scores, -1);
    slices(result.partition.log_sum)
        .copy_((scores.select(1, 0) - all.select(1, 0)).view({2, count, 1}));
    const auto slice = divergence_gradient(all, alpha);
    result.divergence += slice.divergence;
    const auto gradient = slice.gradient.to(layer.features.scalar_type());
    slices(result.partition.gradient.features)
        .copy_(torch::mm(gradient, layer.weight).view({2, count, -1}));
    result.partition.gradient.weight += torch::mm(gradient.t(), features);
    result.partition.gradient.bias += slice.gradient.sum(0);
  }
  return result;
}

struct LossSettings {
  double smoothing = 0;
  int64_t chunk = 0;
  std::optional<double> alpha{};  // of two passes; empty for one
};

// loss = sum over tokens of log_sum - (1 - s) z_target - s mean(z). All gradients are made in
// forward and only scaled in backward; the target's and the mean's parts need no [tokens, vocab].
struct LinearCrossEntropy : torch::autograd::Function<LinearCrossEntropy> {
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& features,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias,
                                                const torch::Tensor& targets,
                                                const LossSettings& settings) {
    const auto type = product_type(features);
    const AutocastOff autocast_off(features.device().type());
    const OutputLayer given{features, weight, bias}, layer = given.to(torch::kFloat);
    PairedPartition both;
    if (settings.alpha) {
      both = paired_partition(given.to(type), *settings.alpha, settings.chunk);
    } else {
      both.partition = partition(given.to(type), settings.chunk);
    }
    auto& [log_sum, gradient] = both.partition;

    const double smoothing = settings.smoothing;
    const double share =
        smoothing / static_cast<double>(weight.size(0));  // of one vocabulary entry
    const auto target_weight = layer.weight.index_select(0, targets);
    const auto target_score =
        (layer.features * target_weight).sum(1) + layer.bias.index_select(0, targets);
    const auto all_weights = layer.weight.sum(0), all_features = layer.features.sum(0);
    const auto nll = (log_sum - target_score).sum();
    const auto uniform = (log_sum * weight.size(0) - layer.features.mv(all_weights)).sum() -
                         layer.bias.sum() * features.size(0);
    auto sum = nll * (1 - smoothing) + uniform * share;
    if (settings.alpha) sum = sum + both.divergence * *settings.alpha;

    auto grad_features =
        gradient.features.to(torch::kFloat) - target_weight * (1 - smoothing) - all_weights * share;
    gradient.weight.sub_(all_features * share);
    gradient.weight.index_add_(0, targets, layer.features, smoothing - 1);
    gradient.bias.sub_(share * static_cast<double>(features.size(0)));
    gradient.bias.index_add_(0, targets, torch::ones_like(target_score), smoothing - 1);
    context->save_for_backward(
        {grad_features.to(features.scalar_type()), gradient.weight, gradient.bias});
    context->mark_non_differentiable({nll});
    return {sum, nll};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& scale = gradients[0];
    return {
        saved[0] * scale.to(saved[0].scalar_type()), saved[1] * scale, saved[2] * scale, {}, {}};
  }
};

}  // namespace

LossSum linear_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             double label_smoothing, int64_t chunk) {
  TORCH_CHECK(features.dim() == 2 && targets.dim() == 1 && features.size(0) == targets.size(0),
              "loss wants features [tokens, dim] and targets [tokens], got ", features.sizes(),
              " and ", targets.sizes());
  const auto results = LinearCrossEntropy::apply(
      features, weight, bias, targets, LossSettings{.smoothing = label_smoothing, .chunk = chunk});
  return {results[0], results[1], targets.size(0)};
}

LossSum paired_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             const PairedLossOptions& options, int64_t chunk) {
  TORCH_CHECK(features.dim() == 2 && targets.dim() == 1 && features.size(0) == 2 * targets.size(0),
              "paired loss wants features [2 * tokens, dim] and targets [tokens], got ",
              features.sizes(), " and ", targets.sizes());
  const auto results = LinearCrossEntropy::apply(
      features.contiguous(), weight, bias, torch::cat({targets, targets}),
      LossSettings{.smoothing = options.label_smoothing, .chunk = chunk, .alpha = options.alpha});
  return {results[0] / 2, results[1] / 2, targets.size(0)};
}

torch::Tensor target_log_probs(const torch::Tensor& features, const torch::Tensor& weight,
                               const torch::Tensor& bias, const torch::Tensor& targets,
                               int64_t chunk) {
  torch::NoGradGuard no_grad;
  const auto [x, w, b] = OutputLayer{features, weight, bias}.to(product_type(features));
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
