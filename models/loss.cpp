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

struct LossSettings {
  double smoothing = 0;
  int64_t chunk = 0;                       // 0 = chunk_for
  std::optional<double> alpha{};           // of two passes; empty for one
  const Candidates* candidates = nullptr;  // of a sampled softmax; null for all entries
  WantedGradients wanted{};
};

// The entries that a sampled softmax sees; an exponential divided by the probability p that its
// entry is seen is one of a logit less log p.
OutputLayer seen_entries(const OutputLayer& layer, const Candidates& candidates) {
  return {layer.features, layer.weight.index_select(0, candidates.ids),
          layer.bias.index_select(0, candidates.ids) - candidates.log_inclusion};
}

// Gradients of candidates at their places in the vocabulary.
void spread(const Candidates& candidates, const OutputLayer& layer, OutputLayer& gradient) {
  if (!gradient.weight.defined()) return;
  const auto spread_one = [&](const torch::Tensor& all, torch::Tensor& some) {
    some = torch::zeros(all.sizes(), some.options()).index_copy_(0, candidates.ids, some);
  };
  spread_one(layer.weight, gradient.weight);
  spread_one(layer.bias, gradient.bias);
}

Partition partition_of(const OutputLayer& layer, torch::ScalarType type,
                       const LossSettings& settings) {
  const OutputLayer seen = settings.candidates ? seen_entries(layer, *settings.candidates) : layer;
  const int64_t chunk = settings.chunk > 0 ? settings.chunk : chunk_for(seen.weight.size(0));
  Partition result = empty_partition(seen, settings.wanted);
  if (settings.alpha) {
    add_paired_partition(seen, type, chunk, *settings.alpha, result);
  } else {
    add_partition(seen, type, chunk, result);
  }
  if (settings.candidates) spread(*settings.candidates, layer, result.gradient);
  return result;
}

// What the target's own score adds: -(1 - smoothing) z_target. Returns z_target [tokens].
torch::Tensor subtract_targets(const OutputLayer& layer, const torch::Tensor& targets,
                               double smoothing, OutputLayer& gradient) {
  const auto weight = layer.weight.index_select(0, targets);
  const auto score = (layer.features * weight).sum(1) + layer.bias.index_select(0, targets);
  if (gradient.features.defined()) gradient.features.sub_(weight, 1 - smoothing);
  if (gradient.weight.defined()) {
    gradient.weight.index_add_(0, targets, layer.features, smoothing - 1);
    gradient.bias.index_add_(0, targets, torch::ones_like(score), smoothing - 1);
  }
  return score;
}

// What smoothing adds: -share * (sum of z over the vocabulary). Returns that sum over tokens too.
torch::Tensor subtract_mean(const OutputLayer& layer, double share, OutputLayer& gradient) {
  const auto all_weights = layer.weight.sum(0), all_features = layer.features.sum(0);
  const auto tokens = static_cast<double>(layer.features.size(0));
  if (gradient.features.defined()) gradient.features.sub_(all_weights, share);
  if (gradient.weight.defined()) {
    gradient.weight.sub_(all_features, share);
    gradient.bias.sub_(share * tokens);
  }
  return layer.features.mv(all_weights).sum() + layer.bias.sum() * tokens;
}

// loss = sum over tokens of log_sum - (1 - s) z_target - s mean(z). All gradients are made in
// forward and only scaled in backward; the target's and the mean's parts need no [tokens, vocab],
// and are exact where the softmax is sampled.
struct LinearCrossEntropy : torch::autograd::Function<LinearCrossEntropy> {
  static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context,
                                                const torch::Tensor& features,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias,
                                                const torch::Tensor& targets,
                                                const LossSettings& settings) {
    const auto type = product_type(features);
    const AutocastOff autocast_off(features.device().type());
    const OutputLayer layer = OutputLayer{features, weight, bias}.to(torch::kFloat);
    auto [log_sum, gradient, divergence] = partition_of(layer, type, settings);
    const double smoothing = settings.smoothing;
    const auto target_score = subtract_targets(layer, targets, smoothing, gradient);
    const auto nll = (log_sum - target_score).sum();
    auto sum = nll * (1 - smoothing);
    if (smoothing > 0) {
      const double share = smoothing / static_cast<double>(weight.size(0));
      sum = sum + log_sum.sum() * smoothing - subtract_mean(layer, share, gradient) * share;
    }
    if (settings.alpha) sum = sum + divergence * *settings.alpha;
    if (gradient.features.defined()) {
      gradient.features = gradient.features.to(features.scalar_type());
    }
    context->save_for_backward({gradient.features, gradient.weight, gradient.bias});
    context->mark_non_differentiable({nll});
    return {sum, nll};
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    // In place, since that of the weights is large; autograd refuses a second time.
    const auto scaled = [&](torch::Tensor gradient) {
      return gradient.defined() ? gradient.mul_(gradients[0].to(gradient.scalar_type())) : gradient;
    };
    return {scaled(saved[0]), scaled(saved[1]), scaled(saved[2]), {}, {}};
  }
};

WantedGradients wanted_by(const OutputLayer& layer) {
  if (!torch::GradMode::is_enabled()) return {.features = false, .layer = false};
  return {.features = layer.features.requires_grad(),
          .layer = layer.weight.requires_grad() || layer.bias.requires_grad()};
}

LossSum loss_of(const OutputLayer& layer, const torch::Tensor& targets, LossSettings settings) {
  TORCH_CHECK(
      layer.features.dim() == 2 && targets.dim() == 1 && layer.features.size(0) == targets.size(0),
      "loss wants features [tokens, dim] and targets [tokens], got ", layer.features.sizes(),
      " and ", targets.sizes());
  settings.wanted = wanted_by(layer);
  const auto results =
      LinearCrossEntropy::apply(layer.features, layer.weight, layer.bias, targets, settings);
  return {results[0], results[1], targets.size(0)};
}

}  // namespace

LossSum linear_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             double label_smoothing, int64_t chunk) {
  return loss_of({features, weight, bias}, targets, {.smoothing = label_smoothing, .chunk = chunk});
}

LossSum sampled_cross_entropy(const OutputLayer& layer, const torch::Tensor& targets,
                              const Candidates& candidates, double label_smoothing, int64_t chunk) {
  return loss_of(layer, targets,
                 {.smoothing = label_smoothing, .chunk = chunk, .candidates = &candidates});
}

LossSum paired_cross_entropy(const torch::Tensor& features, const torch::Tensor& weight,
                             const torch::Tensor& bias, const torch::Tensor& targets,
                             const PairedLossOptions& options, int64_t chunk) {
  TORCH_CHECK(features.dim() == 2 && targets.dim() == 1 && features.size(0) == 2 * targets.size(0),
              "paired loss wants features [2 * tokens, dim] and targets [tokens], got ",
              features.sizes(), " and ", targets.sizes());
  const auto both =
      loss_of({features.contiguous(), weight, bias}, torch::cat({targets, targets}),
              {.smoothing = options.label_smoothing, .chunk = chunk, .alpha = options.alpha});
  return {both.sum / 2, both.nll / 2, targets.size(0)};
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
