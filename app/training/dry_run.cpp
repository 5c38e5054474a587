#include "app/training/dry_run.h"

#include <cmath>
#include <cstdio>

#include "app/machine/memory.h"
#include "app/training/matrix_rate.h"
#include "app/training/progress.h"
#include "app/training/timed_updates.h"

namespace rondo {
namespace {

constexpr int kWarmUpUpdates = 2;     // the first ones also allocate and choose kernels
constexpr double kRateSeconds = 1.0;  // spent on the yardstick, before the updates and after them

// Weights, their gradients, the optimizer's moments and the average, in fp32.
uint64_t state_bytes(Updater& updater) {
  uint64_t elements = 0, moments = 0;
  for (const NamedParameter& parameter : updater.parameters()) elements += parameter.tensor.numel();
  for (const auto& [name, tensor] : updater.optimizer().state()) moments += tensor.numel();
  return (2 * elements + moments + (updater.average() ? elements : 0)) * sizeof(float);
}

double product_rate(const Hardware& hardware) {
  const auto type = hardware.bf16 ? torch::kBFloat16 : torch::kFloat;
  return matrix_rate(hardware.device, type, kRateSeconds);
}

std::string share_line(const UpdateCost& cost, double rate, const Hardware& hardware) {
  const double reached = cost.flops / cost.seconds;
  char line[160];
  std::snprintf(line, sizeof line,
                "matrix products: %.0f GFLOP/s without padding, %.0f%% of the %.0f that the "
                "machine's own %s product reaches",
                reached / 1e9, 100 * reached / rate, rate / 1e9, hardware.bf16 ? "bf16" : "fp32");
  return line;
}

}  // namespace

std::string with_commas(int64_t number) {
  std::string digits = std::to_string(number);
  for (int64_t at = static_cast<int64_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
    digits.insert(at, ",");
  }
  return digits;
}

std::string parameter_summary(const torch::nn::Module& network) {
  std::vector<std::pair<std::string, int64_t>> parts;
  int64_t total = 0, frozen = 0;
  for (const NamedParameter& parameter : all_parameters(network)) {
    const std::string part = parameter.name.substr(0, parameter.name.find('.'));
    if (parts.empty() || parts.back().first != part) parts.emplace_back(part, 0);
    parts.back().second += parameter.tensor.numel();
    total += parameter.tensor.numel();
    if (!parameter.tensor.requires_grad()) frozen += parameter.tensor.numel();
  }
  std::string text = "model: " + with_commas(total) + " parameters (";
  for (const auto& [part, size] : parts) {
    text += (text.ends_with('(') ? "" : ", ") + part + " " + with_commas(size);
  }
  return text + ")" + (frozen > 0 ? ", " + with_commas(frozen) + " of them frozen" : "");
}

std::vector<std::string> measure_training(Task& task, const TrainingOptions& options,
                                          const Hardware& hardware, int updates) {
  Updater updater(task, options, hardware);
  BatchQueue queue(task, hardware);
  task.network().train();
  run_updates(task, updater, queue, options, kWarmUpUpdates);
  double rate = product_rate(hardware);
  const UpdateCost cost = run_updates(task, updater, queue, options, updates);
  rate = (rate + product_rate(hardware)) / 2;
  const int64_t epoch_updates =
      (cost.batches_an_epoch + options.batch_multiplier - 1) / options.batch_multiplier;
  const double epoch_seconds = cost.seconds / updates * static_cast<double>(epoch_updates);
  const double speed = static_cast<double>(cost.tokens) / cost.seconds;
  std::vector<std::string> lines{"an epoch: " + with_commas(epoch_updates) + " updates, about " +
                                 short_duration(epoch_seconds) + " (" +
                                 with_commas(std::llround(speed)) + " " + task.traits().tokens +
                                 "/s over " + std::to_string(updates) + " updates)"};
  if (cost.flops > 0) lines.push_back(share_line(cost, rate, hardware));
  lines.push_back("memory: " + readable_bytes(peak_resident_bytes()) +
                  " resident at most, of which " + readable_bytes(state_bytes(updater)) +
                  " for weights, gradients and optimizer");
  return lines;
}

}  // namespace rondo
