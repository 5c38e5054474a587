#include "app/training/trainer.h"

#include <algorithm>

#include "app/data/byte_hash.h"
#include "app/errors.h"
#include "app/training/interrupt.h"

namespace rondo {

Trainer::Trainer(Task& task, const TrainingOptions& options, const Hardware& hardware,
                 const TrainerOutputs& outputs)
    : task_(task),
      options_(options),
      hardware_(hardware),
      outputs_(outputs),
      workers_(hardware.workers),
      updater_(task, options, hardware),
      best_models_(outputs.folder, options.early_stopping_metric, options.keep_best_ckpts),
      meter_(0, task.traits().perplexity),
      times_(workers_) {}

void Trainer::restore(const TensorFile& checkpoint) {
  state_ = restore_checkpoint(checkpoint, updater_, hardware_);
  saved_update_ = state_.update;
  check_blocks();
  clock_ = TrainingClock(state_.seconds);
  meter_.restore(state_, checkpoint.tensors, hardware_.device);
}

void Trainer::begin_with(const TensorFile& checkpoint) {
  if (!options_.reset_optimizer) updater_.optimizer().load_state(checkpoint.tensors);
  if (options_.reset_scheduler) return;
  const TrainState before = train_state_in(checkpoint);
  state_ = {.update = before.update,
            .epoch = before.epoch,
            .batch = before.batch,
            .epoch_batches = before.epoch_batches,
            .block = before.block,
            .blocks = before.blocks,
            .block_begin = before.block_begin,
            .seconds = before.seconds,
            .target_tokens = before.target_tokens,
            .rate_scale = before.rate_scale,
            .window_began = before.seconds};
  state_.plateau.decreases = before.plateau.decreases;
  state_.snapshots = cycles_done(options_, state_.position());
  check_blocks();
  clock_ = TrainingClock(state_.seconds);
  meter_.restore(state_, {}, hardware_.device);
}

// What was cut otherwise has no place to go on from within an epoch.
void Trainer::check_blocks() {
  if (state_.blocks == task_.blocks()) return;
  const auto blocks = [](int64_t count) {
    return count == 1 ? std::string("in one piece") : "in " + std::to_string(count) + " blocks";
  };
  if (state_.batch > 0) {
    outputs_.log->say("the training text comes " + blocks(task_.blocks()) + ", and came " +
                      blocks(state_.blocks) + ": epoch " + std::to_string(state_.epoch + 1) +
                      " begins anew");
  }
  state_.blocks = task_.blocks();
  state_.batch = state_.epoch_batches = state_.block = state_.block_begin = 0;
}

const TrainState& Trainer::run() {
  const InterruptGuard interrupts;
  BatchQueue queue(task_, hardware_,
                   {state_.epoch, state_.batch, state_.block, state_.block_begin});
  Recurring validation(options_.validation_freq, state_.position());
  Recurring saving(options_.save_freq, state_.position());
  prepare();
  workers_.begin_training();
  clock_.start();
  while (goes_on()) {
    update(next_batches(queue));
    if (state_.update % options_.logging_freq == 0) show_progress();
    const bool cycle_ends = cycles_done(options_, state_.position()) > state_.snapshots;
    const bool validate_now = validation.due(state_.position()) || cycle_ends;
    const bool save_now = saving.due(state_.position());
    if (validate_now) {
      validate();
    } else if (save_now || rolled_back_) {
      save_checkpoint();
    }
    if (stopping_) stop_interrupted();
  }
  finish();
  return state_;
}

void Trainer::prepare() {
  task_.network().train();
  if (saved_update_ < 0) {
    save_checkpoint();  // who is killed before the first validation goes on too
  } else {
    // Who was killed before that did not.
    if (workers_.first()) best_models_.remove_others(state_.kept);
  }
  checkup_.emplace(task_, updater_, options_, workers_, state_.position());
  heeded_ = updater_.guard().report();
}

bool Trainer::goes_on() const {
  return reason_to_stop(options_, state_).empty() && progress(until_, state_.position()) < 1;
}

void Trainer::finish() {
  say_news();
  end_.reason = reason_to_stop(options_, state_);
  end_.complete = !end_.reason.empty();
  if (!workers_.alone()) outputs_.log->say(times_.summary());
  if (end_.complete) {
    if (state_.validated_update != state_.update) validate();
    return outputs_.log->say("training ends: " + end_.reason);
  }
  end_.reason = "stopped at update " + std::to_string(state_.update) + " as --until says";
  if (saved_update_ != state_.update) save_checkpoint();
  outputs_.log->say(end_.reason + "; go on with --resume");
}

// Up to batch_multiplier batches a worker; an update never reaches over the end of an epoch.
std::vector<QueuedBatch> Trainer::next_batches(BatchQueue& queue) const {
  std::vector<QueuedBatch> batches;
  do {
    batches.push_back(queue.next());
  } while (static_cast<int64_t>(batches.size()) < options_.batch_multiplier * workers_.size() &&
           !batches.back().ends_epoch());
  return batches;
}

void Trainer::update(const std::vector<QueuedBatch>& batches) {
  const QueuedBatch& last = batches.back();
  state_.epoch_batches = last.block.end;
  state_.block = last.block.number;
  state_.blocks = last.block.count;
  state_.block_begin = last.block.begin;
  rate_ =
      state_.rate_scale * learning_rate_at(options_, state_.position(), state_.plateau.decreases);
  const auto own = std::ranges::find_if(batches, &QueuedBatch::here);
  checkup_->before_update(own == batches.end() ? nullptr : &own->batch, position_after(last));
  times_.begin_update();
  const LossTotals totals = updater_.update(batches, rate_);
  times_.end_update();
  meter_.add(totals);
  ++state_.update;
  state_.target_tokens += totals.tokens;
  state_.epoch = last.ends_epoch() ? last.epoch + 1 : last.epoch;
  state_.batch = last.ends_epoch() ? 0 : last.index + 1;
  if (last.ends_block()) {
    state_.block = last.ends_epoch() ? 0 : last.next_block;
    state_.block_begin = state_.batch;
  }
  agree_on_time();
  checkup_->after_update(state_.position(), *outputs_.log, outputs_.observer);
  if (hardware_.device.is_cpu()) check_skipped();  // elsewhere it would wait for the device
}

// Time is the first worker's, so that all do the same at the same update; and who is asked to stop
// stops all.
void Trainer::agree_on_time() {
  const std::vector<double> sums = workers_.sum(
      {workers_.first() ? clock_.seconds() : 0.0, InterruptGuard::requested() ? 1.0 : 0.0});
  state_.seconds = sums[0];
  stopping_ = sums[1] > 0;
  workers_.at_update(state_.update);
}

// As far as it is known before the update is made.
Position Trainer::position_after(const QueuedBatch& last) const {
  return {.updates = state_.update + 1,
          .epochs = static_cast<double>(last.epoch) + share_of_epoch(last.index + 1, last.block),
          .seconds = state_.seconds};
}

void Trainer::check_skipped() {
  state_.skipped = updater_.skipped().total.item<int64_t>();
  const auto in_a_row = updater_.skipped().longest.item<int64_t>();
  if (in_a_row < options_.max_skipped_updates) return heed_gradients();
  throw std::runtime_error(
      "training stopped at update " + std::to_string(state_.update) + ": the loss or gradient of " +
      std::to_string(in_a_row) +
      " updates in a row was not finite or far too long; lower training.learning_rate " +
      "or set training.precision: fp32; what was saved before is in " +
      outputs_.folder.path.string());
}

void Trainer::say_news() {
  for (const std::string& line : task_.news()) outputs_.log->say(line);
}

void Trainer::show_progress() {
  check_skipped();
  say_news();
  ProgressReport report = meter_.report(state_, options_.max_duration);
  report.learning_rate = rate_;
  report.gradient_norm = updater_.gradient_norm().item<double>();
  outputs_.log->show(report);
  for (const std::string& line : times_.news()) outputs_.log->say(line);
  if (outputs_.observer) outputs_.observer->on_progress(report, state_.position());
}

// Work still queued on a GPU belongs to training, so it is waited for before the clock stands.
ClockPause Trainer::stand_still() {
  if (hardware_.device.is_cuda()) torch::cuda::synchronize();
  return ClockPause(clock_);
}

void Trainer::save_checkpoint() {
  const ClockPause pause = stand_still();
  if (updater_.average()) state_.average_updates = updater_.average()->updates();
  state_.skipped = updater_.skipped().total.item<int64_t>();
  if (outputs_.observer) state_.metrics_bytes = outputs_.observer->on_saving();
  std::map<std::string, torch::Tensor> window;
  meter_.save(state_, window);
  TensorFile file = make_checkpoint(task_, updater_, state_, hardware_);
  saved_update_ = state_.update;
  rolled_back_ = false;
  if (!workers_.first()) return;
  file.tensors.merge(window);
  write_tensor_file(outputs_.folder.checkpoint(), file);
  best_models_.remove_others(state_.kept);
}

// Workers whose weights have parted train different models; nothing else would show it.
void Trainer::check_weights() const {
  if (workers_.alone()) return;
  const torch::NoGradGuard no_grad;
  ByteHash hash;
  for (const NamedParameter& parameter : updater_.parameters()) {
    const torch::Tensor bytes = parameter.tensor.detach().cpu().contiguous();
    hash.add(std::string_view(static_cast<const char*>(bytes.const_data_ptr()), bytes.nbytes()));
  }
  workers_.agree({{"set of weights", std::to_string(hash.value())}});
}

void Trainer::stop_interrupted() {
  if (saved_update_ != state_.update) save_checkpoint();
  throw Interrupted("interrupted at update " + std::to_string(state_.update) + "; saved in " +
                    outputs_.folder.checkpoint().string() + ", go on with --resume");
}

}  // namespace rondo
