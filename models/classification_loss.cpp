#include "models/classification_loss.h"

#include <tuple>

namespace rondo {
namespace {

// losses, plain: [batch], with and without smoothing and focus.
LossSum summed(const torch::Tensor& losses, const torch::Tensor& plain,
               const torch::Tensor& weights) {
  const auto weighted = weights.defined() ? losses * weights : losses;
  return {weighted.sum(), plain.detach().sum(), losses.size(0)};
}

// (1 - p)^gamma of 1 - p, kept off 0, where a root's gradient is infinite.
torch::Tensor focus(const torch::Tensor& doubt, double gamma) {
  return doubt.clamp_min(1e-12).pow(gamma);
}

// [batch, labels]; truth in [0, 1] float32.
torch::Tensor binary_losses(const torch::Tensor& logits, const torch::Tensor& truth) {
  return torch::binary_cross_entropy_with_logits(logits, truth, {}, {}, at::Reduction::None);
}

void require_batch(const torch::Tensor& logits, const torch::Tensor& targets, int64_t rank) {
  TORCH_CHECK(logits.dim() == 2 && targets.dim() == rank && logits.size(0) == targets.size(0),
              "loss wants logits [batch, outputs] and a target an example, got ", logits.sizes(),
              " and ", targets.sizes());
}

}  // namespace

LossSum class_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                   const torch::Tensor& weights, const ClassLossOptions& options,
                   const torch::Tensor& class_weights) {
  require_batch(logits, targets, 1);
  const auto of_target = [index = targets.unsqueeze(1)](const torch::Tensor& values) {
    return values.gather(1, index).squeeze(1);
  };
  const auto costs = -torch::log_softmax(logits.to(torch::kFloat), -1);  // [batch, classes]
  const auto weighted = class_weights.defined() ? costs * class_weights : costs;
  const auto plain = of_target(costs);
  auto losses = of_target(weighted);
  if (options.label_smoothing > 0) {
    losses = losses * (1 - options.label_smoothing) + weighted.mean(1) * options.label_smoothing;
  }
  if (options.focal_gamma > 0) {
    losses = losses * focus(-torch::expm1(-plain), options.focal_gamma);
  }
  return summed(losses, plain, weights);
}

LossSum multi_label_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                         const torch::Tensor& weights, const ClassLossOptions& options) {
  require_batch(logits, targets, 2);
  const auto scores = logits.to(torch::kFloat);
  const auto plain = binary_losses(scores, targets);
  auto losses = plain;
  if (options.label_smoothing > 0) {
    const auto smoothed = targets * (1 - options.label_smoothing) + options.label_smoothing / 2;
    losses = binary_losses(scores, smoothed);
  }
  if (options.focal_gamma > 0) {
    losses = losses * focus(torch::sigmoid(scores * (1 - 2 * targets)), options.focal_gamma);
  }
  return summed(losses.sum(1), plain.sum(1), weights);
}

LossSum ordinal_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                     const torch::Tensor& weights) {
  require_batch(logits, targets, 1);
  const auto steps = torch::arange(logits.size(1), targets.options());
  const auto above = (targets.unsqueeze(1) > steps).to(torch::kFloat);  // [batch, classes - 1]
  const auto losses = binary_losses(logits.to(torch::kFloat), above).sum(1);
  return summed(losses, losses, weights);
}

torch::Tensor ordinal_probabilities(const torch::Tensor& logits) {
  TORCH_CHECK(logits.dim() == 2, "logits must be [batch, classes - 1], got ", logits.sizes());
  const auto above = std::get<0>(torch::cummin(torch::sigmoid(logits.to(torch::kFloat)), 1));
  const auto one = torch::ones({logits.size(0), 1}, above.options());
  return torch::cat({one, above}, 1) - torch::cat({above, torch::zeros_like(one)}, 1);
}

LossSum value_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                   const torch::Tensor& weights) {
  require_batch(logits, targets, 1);
  TORCH_CHECK(logits.size(1) == 1, "value loss wants logits [batch, 1], got ", logits.sizes());
  const auto losses = (logits.to(torch::kFloat).squeeze(1) - targets).square();
  return summed(losses, losses, weights);
}

}  // namespace rondo
