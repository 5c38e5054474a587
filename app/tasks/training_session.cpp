#include "app/tasks/training_session.h"

#include <unordered_set>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/distributed/shared_file.h"
#include "app/errors.h"
#include "app/machine/memory.h"
#include "app/tasks/task_factory.h"
#include "app/training/dry_run.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kWorkerSeed = 0x9E3779B97F4A7C15ULL;  // drops of each worker its own

// Tied ones once, frozen ones too.
int64_t parameters_of(const torch::nn::Module& network) {
  std::unordered_set<const at::TensorImpl*> seen;
  int64_t numbers = 0;
  for (const torch::Tensor& parameter : network.parameters()) {
    if (seen.insert(parameter.unsafeGetTensorImpl()).second) numbers += parameter.numel();
  }
  return numbers;
}

// Empty = fresh weights.
fs::path starting_point(const Experiment& experiment, const TrainingSession::Place& place) {
  if (place.resumed) {
    place.log->say("going on from " + place.folder.checkpoint().string());
    return place.folder.checkpoint();
  }
  const std::string& load_model = experiment.training.load_model;
  place.log->say(load_model.empty() ? tokenizer_notice(experiment) : "starting from " + load_model);
  return load_model;
}

void say_sizes(Task& task, TrainingLog& log) {
  log.say(parameter_summary(task.network()));
  for (const std::string& line : task.summary()) log.say(line);
  if (task.blocks() > 1) return;  // they are not yet known
  log.say(with_commas(task.epoch_batches(0)->size()) + " batches an epoch");
}

}  // namespace

TrainingSession::TrainingSession(const Experiment& experiment, const Place& place)
    : experiment_(experiment), place_(place) {
  task_ = make_shared_task();
  say_sizes(*task_, *place.log);
  trainer_ = std::make_unique<Trainer>(*task_, experiment.training, place.hardware,
                                       TrainerOutputs{.folder = place.folder, .log = place.log});
  if (place.resumed) {
    restore();
  } else if (!experiment.training.load_model.empty()) {
    begin_with_load_model();
  }
}

// The first worker makes tokenizers and weights, and the others take its.
std::unique_ptr<Task> TrainingSession::make_shared_task() {
  const Workers& workers = place_.hardware.workers;
  std::unique_ptr<Task> task;
  if (workers.first()) {
    task = make_task(experiment_, starting_point(experiment_, place_), place_.hardware);
  }
  const SharedFile made(
      workers, [&](const fs::path& path) { write_tensor_file(path, task->model_file("[]")); });
  if (task) return task;
  task = make_task(experiment_, made.path(), place_.hardware);
  torch::manual_seed(experiment_.training.random_seed + kWorkerSeed * workers.rank());
  return task;
}

void TrainingSession::restore() {
  const fs::path path = place_.folder.checkpoint();
  const SharedFile shared(place_.hardware.workers, path);
  try {
    const TensorFile checkpoint = read_tensor_file(shared.path());
    trainer_->restore(checkpoint);
    for (const std::string& line : changed_machine(checkpoint, place_.hardware)) {
      place_.log->say(line);
    }
  } catch (const DataError& error) {
    throw DataError(path.string() + ": cannot be resumed with this experiment: " + error.what());
  }
}

void TrainingSession::begin_with_load_model() {
  const TrainingOptions& options = experiment_.training;
  if (options.reset_optimizer && options.reset_scheduler) return;
  const SharedFile shared(place_.hardware.workers, options.load_model);
  try {
    trainer_->begin_with(read_tensor_file(shared.path()));
  } catch (const DataError& error) {
    throw DataError(options.load_model + ": " + error.what() +
                    "; name a checkpoint of this model " +
                    "(latest.ckpt), or leave reset_optimizer and reset_scheduler at true");
  }
}

void TrainingSession::open_records() {
  const TrainState& state = trainer_->state();
  RunHistory history;
  if (place_.resumed) {
    cut_metrics(place_.folder, state.metrics_bytes, state.update);
    history = read_metrics(place_.folder.metrics());
  }
  history.name = experiment_.name;
  history.config = to_yaml(experiment_);
  history.metric = yaml_name(experiment_.training.early_stopping_metric);
  history.tokens = task_->traits().tokens;
  history.machine = describe(place_.hardware);
  history.statistics = task_->statistics();
  task_->use_folder(place_.folder.path);
  for (const std::string& line : task_->news()) place_.log->say(line);
  recorder_ = std::make_unique<RunRecorder>(place_.folder, std::move(history));
  trainer_->observe(recorder_.get());
}

RunResult TrainingSession::result(const TrainingEnd& end) const {
  const std::vector<GradientHealth>& health = recorder_->history().health;
  RunResult result = run_result(trainer_->state(), experiment_.training.early_stopping_metric, end,
                                health.empty() ? nullptr : &health.back());
  result.parameters = parameters_of(task_->network());
  result.peak_resident_bytes = peak_resident_bytes();
  return result;
}

}  // namespace rondo
