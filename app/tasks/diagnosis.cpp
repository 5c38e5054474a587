#include "app/tasks/diagnosis.h"

#include <cmath>
#include <optional>

#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/storage/run_folder.h"
#include "app/tasks/embedding_use.h"
#include "app/tasks/task_factory.h"
#include "app/training/batch_queue.h"
#include "app/training/checkpoint.h"
#include "app/training/health_monitor.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kBatchesTried = 32;  // for the longest sentences

struct Subject {
  Experiment experiment{};
  fs::path weights{};                // empty = fresh ones
  std::optional<TensorFile> file{};  // of the weights, where a model was asked for
  bool is_checkpoint() const { return file && file->metadata.count("training") == 1; }
};

bool is_experiment(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

// Of a run folder its checkpoint, which knows most.
fs::path weights_in(const fs::path& path) {
  if (!fs::is_directory(path)) return path;
  for (const fs::path& file : {RunFolder{path}.checkpoint(), RunFolder{path}.best_model()}) {
    if (fs::exists(file)) return file;
  }
  throw DataError(path.string() + ": a folder without latest.ckpt and best.rondo; give a run");
}

Subject open_subject(const DiagnosisRequest& request) {
  Subject subject;
  if (is_experiment(request.subject)) {
    subject.experiment = load_experiment(request.subject, request.overrides);
    subject.weights = subject.experiment.training.load_model;
    return subject;
  }
  subject.weights = weights_in(request.subject);
  const std::string where = subject.weights.string();
  subject.file = read_tensor_file(subject.weights);
  check_format(*subject.file, where);
  subject.experiment = stored_experiment(*subject.file, where);
  if (!request.overrides.empty()) {
    subject.experiment =
        parse_experiment(subject.file->metadata.at("config"), where, request.overrides);
  }
  // The file's own tokenizer, whatever the run once began with.
  subject.experiment.training.reset_tokenizer = false;
  return subject;
}

void read_instead(const std::vector<std::string>& text, const Subject& subject,
                  Experiment& experiment) {
  if (!subject.file) {
    throw ConfigError("--text: an experiment is looked at on its own text; give a model with it");
  }
  if (experiment.task == TaskType::memory) {
    throw ConfigError("--text: the examples of a memory problem are made, not read");
  }
  const size_t files = experiment.task == TaskType::translation ? 2 : 1;
  if (text.size() != files) {
    throw ConfigError(files == 2 ? "--text: a translator needs two files, source and target"
                                 : "--text: this model reads one file");
  }
  if (files == 2) {
    experiment.data.train = experiment.data.dev = {text[0], text[1]};
    experiment.data.extra.clear();
  } else {
    experiment.labelled.train = experiment.labelled.dev = text[0];
  }
}

std::unique_ptr<Task> task_of(const Subject& subject, bool own_text, const Hardware& hardware) {
  try {
    return make_task(subject.experiment, subject.weights, hardware);
  } catch (const DataError& error) {
    if (!subject.file || !own_text) throw;
    throw DataError(std::string(error.what()) + "; --text reads another text");
  }
}

// The batch with the longest sentence of the first ones, on the device.
QueuedBatch longest_batch(const Task& task, const Hardware& hardware) {
  BatchQueue queue(task, hardware);
  QueuedBatch longest = queue.next();
  int64_t steps = longest.batch.source_lengths.max().item<int64_t>();
  for (int64_t i = 1; i < std::min(kBatchesTried, longest.block.end); ++i) {
    QueuedBatch next = queue.next();
    const auto length = next.batch.source_lengths.max().item<int64_t>();
    if (length <= steps) continue;
    steps = length;
    longest = std::move(next);
  }
  return longest;
}

// How far one more update would go. The weights in memory are not those of the file afterwards.
void try_update(Task& task, const Subject& subject, const Hardware& hardware,
                const QueuedBatch& batch, HealthMonitor& monitor, GradientHealth& health) {
  const TrainingOptions& options = subject.experiment.training;
  Updater updater(task, options, hardware);
  const TrainState state = restore_checkpoint(*subject.file, updater, hardware);
  health.update = state.update;
  monitor.remember_weights();
  task.network().train();
  updater.update({&batch, 1}, state.rate_scale * learning_rate_at(options, state.position(),
                                                                  state.plateau.decreases));
  monitor.measure_update(health);
  monitor.measure_embeddings(updater.optimizer(), health);
}

std::string subject_line(const DiagnosisRequest& request, const Subject& subject,
                         const GradientHealth& health) {
  if (!subject.file) {
    return request.subject + ", " +
           (subject.weights.empty() ? "fresh weights" : "weights of " + subject.weights.string());
  }
  const std::string file = subject.weights.string();
  return subject.is_checkpoint() ? file + ", update " + std::to_string(health.update) : file;
}

}  // namespace

Diagnosis diagnose(const DiagnosisRequest& request) {
  Subject subject = open_subject(request);
  const bool own_text = request.text.empty();
  if (!own_text) read_instead(request.text, subject, subject.experiment);
  const TrainingOptions& options = subject.experiment.training;
  const Hardware hardware = prepare_hardware(options);
  const auto task = task_of(subject, own_text, hardware);
  const QueuedBatch batch = longest_batch(*task, hardware);
  HealthMonitor monitor(*task, distinct_parameters(task->network()), options);
  Diagnosis diagnosis;
  diagnosis.health = monitor.examine(batch.batch);
  if (subject.is_checkpoint()) {
    try_update(*task, subject, hardware, batch, monitor, diagnosis.health);
  }
  if (std::isnan(diagnosis.health.dead_embeddings)) {
    measure_embedding_use(*task, diagnosis.health);
  }
  diagnosis.subject = subject_line(request, subject, diagnosis.health);
  const bool made = subject.experiment.task == TaskType::memory;
  diagnosis.text = !own_text ? request.text.front() : made ? "its examples" : "its training text";
  return diagnosis;
}

}  // namespace rondo
