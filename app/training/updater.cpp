#include "app/training/updater.h"

#include <algorithm>

#include "app/machine/precision.h"

namespace rondo {
namespace {

// What batches add to an update: what the summed loss is divided by, and tokens; [2] int64.
torch::Tensor counts_of(std::span<const QueuedBatch> batches, Normalization normalization) {
  int64_t divisor = 0, tokens = 0;
  for (const QueuedBatch& queued : batches) {
    if (!queued.here) continue;
    tokens += queued.batch.tokens;
    divisor +=
        normalization == Normalization::tokens ? queued.batch.target_tokens : queued.batch.size();
  }
  return torch::tensor({divisor, tokens}, at::kLong);
}

torch::Tensor zero_on(const torch::Device& device) {
  return torch::zeros({}, torch::TensorOptions(at::kFloat).device(device));
}

}  // namespace

void LossTotals::add(const LossSum& loss) {
  const torch::Tensor more = loss.sum.detach();
  sum = sum.defined() ? sum + more : more;
  nll = nll.defined() ? nll + loss.nll : loss.nll;
  targets += loss.tokens;
}

Updater::Updater(Task& task, const TrainingOptions& options, const Hardware& hardware)
    : task_(task),
      options_(options),
      hardware_(hardware),
      parameters_(distinct_parameters(task.network())),
      gradient_sum_(tensors_of(parameters_), hardware.workers,
                    {.bf16 = options.gradient_compression == GradientCompression::bf16}),
      optimizer_(parameters_, options),
      layer_rates_(task, parameters_, options),
      guard_(options, hardware.device),
      skipped_{zero_on(hardware.device), zero_on(hardware.device), zero_on(hardware.device)} {
  if (options.ema_decay > 0) average_.emplace(parameters_, options.ema_decay);
}

LossTotals Updater::update(std::span<const QueuedBatch> batches, double rate) {
  LossTotals totals;
  backward(batches, totals);
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

// How much the others have is known while this worker's first loss is computed.
void Updater::backward(std::span<const QueuedBatch> batches, LossTotals& totals) {
  torch::Tensor counts = counts_of(batches, options_.normalization);
  Workers::Sum counted = hardware_.workers.start_sum(counts);
  const auto divisor = [&] {
    counted.wait();
    return options_.normalization == Normalization::none ? 1.0 : counts[0].item<double>();
  };
  const auto left = [&](size_t from) {
    return std::ranges::any_of(batches.subspan(from), &QueuedBatch::here);
  };
  if (!left(0)) gradient_sum_.begin();
  for (size_t i = 0; i < batches.size(); ++i) {
    if (!batches[i].here) continue;
    if (!left(i + 1)) gradient_sum_.begin();
    backward(batches[i].batch, divisor, totals);
  }
  counted.wait();
  for (torch::Tensor* sum : {&totals.sum, &totals.nll}) {
    if (!sum->defined()) *sum = zero_on(hardware_.device);
  }
  totals.tokens = counts[1].item<int64_t>();
  if (hardware_.workers.alone()) return;
  torch::Tensor targets = torch::full_like(totals.sum, static_cast<double>(totals.targets));
  gradient_sum_.finish({&totals.sum, &totals.nll, &targets});
  totals.targets = targets.item<int64_t>();
}

void Updater::backward(const Batch& batch, const std::function<double()>& divisor,
                       LossTotals& totals) {
  torch::Tensor objective;
  {
    const AutocastScope autocast(hardware_.device, hardware_.bf16);
    const LossSum loss = task_.loss(batch, options_.label_smoothing);
    totals.add(loss);
    objective = loss.sum / divisor();
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
