// What Trainer does between updates to see how good the model has become.
#include <chrono>
#include <cstdio>

#include "app/machine/precision.h"
#include "app/training/trainer.h"

namespace rondo {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string validation_line(const ValidationRecord& record, double seconds) {
  char where[80];
  std::snprintf(where, sizeof where, "validation  epoch %.2f  update %lld  ", record.at.epochs,
                static_cast<long long>(record.at.updates));
  return where + to_text(record.values) + "  in " + short_duration(seconds) +
         (record.new_best ? "  new best" : "");
}

}  // namespace

void Trainer::validate() {
  const ClockPause pause = stand_still();
  check_weights();
  const auto started = std::chrono::steady_clock::now();
  task_.network().eval();
  {
    const torch::NoGradGuard no_grad;
    const AveragedWeights averaged(updater_.average());
    const Validation validation = [&] {
      const AutocastScope autocast(hardware_.device, hardware_.bf16);
      return task_.validate();
    }();
    ValidationRecord record{.at = state_.position(), .values = validation.values};
    record.new_best = state_.stopping.observe(options_.early_stopping_metric,
                                              value_of(validation, options_.early_stopping_metric),
                                              state_.update);
    state_.plateau.observe(record.new_best, options_.plateau_patience);
    if (record.new_best) state_.rollbacks = 0;
    state_.validated_update = state_.update;
    state_.history.push_back(record);
    report(record, validation, seconds_since(started));
    keep_if_best(value_of(validation, options_.early_stopping_metric));
    keep_snapshot();
  }
  task_.network().train();
  save_checkpoint();
}

void Trainer::report(const ValidationRecord& record, const Validation& validation, double seconds) {
  TrainingLog& log = *outputs_.log;
  log.say(validation_line(record, seconds));
  for (const Sample& sample : validation.samples) {
    log.say("  source     " + sample.source);
    log.say("  reference  " + sample.reference);
    log.say("  output     " + sample.hypothesis);
  }
  if (outputs_.observer) outputs_.observer->on_validation(record, validation.samples);
}

void Trainer::keep_if_best(double value) {
  best_models_.offer({.value = value, .update = state_.update}, state_.kept,
                     [this](const std::filesystem::path& path) { write_model(path); });
}

void Trainer::keep_snapshot() {
  const int64_t cycles = cycles_done(options_, state_.position());
  if (cycles <= state_.snapshots) return;
  state_.snapshots = cycles;
  write_model(outputs_.folder.snapshot(cycles));
}

void Trainer::write_model(const std::filesystem::path& path) const {
  if (workers_.first()) write_tensor_file(path, task_.model_file(history_json(state_)));
}

}  // namespace rondo
