#include "app/training/updater.h"

#include "app/machine/precision.h"

namespace rondo {
namespace {

// What the summed loss of the whole update is divided by.
double normalizer(std::span<const QueuedBatch> batches, Normalization normalization) {
  if (normalization == Normalization::none) return 1;
  double total = 0;
  for (const QueuedBatch& queued : batches) {
    total += static_cast<double>(normalization == Normalization::tokens ? queued.batch.target_tokens
                                                                        : queued.batch.size());
  }
  return total;
}

torch::Tensor zero_on(const torch::Device& device) {
  return torch::zeros({}, torch::TensorOptions(at::kFloat).device(device));
}

}  // namespace

void LossTotals::add(const LossSum& loss, const Batch& batch) {
  const torch::Tensor more = loss.sum.detach();
  sum = sum.defined() ? sum + more : more;
  nll = nll.defined() ? nll + loss.nll : loss.nll;
  targets += loss.tokens;
  tokens += batch.tokens;
}

Updater::Updater(Task& task, const TrainingOptions& options, const Hardware& hardware)
    : task_(task),
      options_(options),
      hardware_(hardware),
      parameters_(distinct_parameters(task.network())),
      optimizer_(parameters_, options),
      layer_rates_(task, parameters_, options),
      guard_(options, hardware.device),
      skipped_{zero_on(hardware.device), zero_on(hardware.device), zero_on(hardware.device)} {
  if (options.ema_decay > 0) average_.emplace(parameters_, options.ema_decay);
}

LossTotals Updater::update(std::span<const QueuedBatch> batches, double rate) {
  LossTotals totals;
  const double divisor = normalizer(batches, options_.normalization);
  for (const QueuedBatch& queued : batches) backward(queued.batch, divisor, totals);
  auto gradients = optimizer_.gradients();
  if (listener_) listener_(gradients);
  gradient_ = clip_gradient(gradients, totals.sum, options_);
  guard_.judge(gradient_);
  optimizer_.step(gradients, gradient_, rate, layer_rates_.at(batches.back().epoch));
  optimizer_.zero_grad();
  count_skipped();
  // On a GPU the average also follows a skipped update, since asking would wait; it then only moves
  // closer to weights that have not changed.
  const bool known_skipped = hardware_.device.is_cpu() && gradient_.not_finite.item<float>() != 0;
  if (average_ && !known_skipped) average_->update();
  return totals;
}

void Updater::backward(const Batch& batch, double normalizer, LossTotals& totals) {
  torch::Tensor objective;
  {
    const AutocastScope autocast(hardware_.device, hardware_.bf16);
    const LossSum loss = task_.loss(batch, options_.label_smoothing);
    totals.add(loss, batch);
    objective = loss.sum / normalizer;
  }
  objective.backward();
}

void Updater::count_skipped() {
  const torch::NoGradGuard no_grad;
  skipped_.total.add_(gradient_.not_finite);
  skipped_.in_a_row.add_(gradient_.not_finite).mul_(gradient_.not_finite);
  skipped_.longest = at::maximum(skipped_.longest, skipped_.in_a_row);
}

}  // namespace rondo
