#include "app/tasks/sentiment_loss.h"

#include "models/classification_loss.h"

namespace rondo {
namespace {

// Half the sum of both divergences, summed over the batch.
torch::Tensor divergence(const torch::Tensor& one, const torch::Tensor& other) {
  const auto p = one.to(torch::kFloat).log_softmax(-1), q = other.to(torch::kFloat).log_softmax(-1);
  return ((p.exp() - q.exp()) * (p - q)).sum() / 2;
}

}  // namespace

LossSum SentimentLoss::of(const torch::Tensor& logits, const torch::Tensor& labels,
                          const torch::Tensor& weights) const {
  switch (type_) {
    case TargetType::multi_label:
      return multi_label_loss(logits, labels, weights, options_.loss);
    case TargetType::ordinal:
      return ordinal_loss(logits, labels, weights);
    case TargetType::value:
      return value_loss(logits, labels, weights);
    case TargetType::classes:
      break;
  }
  return class_loss(logits, labels, weights, options_.loss, class_weights_);
}

LossSum SentimentLoss::of(ClassifierImpl& network, const Batch& batch,
                          double label_smoothing) const {
  SentimentLoss smoothed = *this;
  smoothed.options_.loss.label_smoothing = label_smoothing;
  LossSum total;
  const std::vector<ClassifierImpl*> members = network.members();
  for (ClassifierImpl* member : members) {
    const LossSum loss = smoothed.of_member(*member, batch);
    total.sum = total.sum.defined() ? total.sum + loss.sum : loss.sum;
    total.nll = total.nll.defined() ? total.nll + loss.nll : loss.nll;
    total.tokens = loss.tokens;
  }
  total.nll = total.nll / static_cast<double>(members.size());
  return total;
}

LossSum SentimentLoss::of_member(ClassifierImpl& network, const Batch& batch) const {
  torch::Tensor embedded = network.embed(batch.source);
  // The steps want a gradient even where the embedding is frozen.
  if (options_.adversarial_epsilon > 0 && !embedded.requires_grad()) {
    embedded.requires_grad_();
  }
  const torch::Tensor logits = network.classify(embedded, batch.source_lengths).logits;
  LossSum loss = of(logits, batch.labels, batch.label_weights);
  if (r_drop_alpha_ > 0) {
    const torch::Tensor again = network.classify(embedded, batch.source_lengths).logits;
    const LossSum second = of(again, batch.labels, batch.label_weights);
    loss.sum = (loss.sum + second.sum) / 2 + r_drop_alpha_ / 2 * divergence(logits, again);
  }
  if (options_.adversarial_epsilon > 0) {
    loss = adversarial(network, batch, embedded, loss);
  }
  return loss;
}

// The worst small step for each sentence by the loss's gradient (Miyato et al. 2017, eq. 6), then
// the mean of both losses.
LossSum SentimentLoss::adversarial(ClassifierImpl& network, const Batch& batch,
                                   const torch::Tensor& embedded, LossSum clean) const {
  const torch::Tensor gradient =
      torch::autograd::grad({clean.sum}, {embedded}, {}, /*retain_graph=*/true)[0].detach();
  const torch::Tensor norm = gradient.to(torch::kFloat).norm(2, {0, 2}, /*keepdim=*/true);
  const torch::Tensor step =
      gradient * (options_.adversarial_epsilon / norm.clamp_min(1e-12)).to(gradient.scalar_type());
  const torch::Tensor moved = network.classify(embedded + step, batch.source_lengths).logits;
  clean.sum = (clean.sum + of(moved, batch.labels, batch.label_weights).sum) / 2;
  return clean;
}

}  // namespace rondo
