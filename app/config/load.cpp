#include "app/config/load.h"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "app/config/checks.h"
#include "app/config/entries.h"
#include "app/config/experiment_keys.h"
#include "app/config/names.h"
#include "app/errors.h"

namespace rondo {
namespace {

std::string read_text(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) {
    throw ConfigError(file.string() + ": a folder; name the experiment's YAML file in it");
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  if (stream.peek() != std::ifstream::traits_type::eof()) text << stream.rdbuf();
  if (!stream.is_open()) {
    throw ConfigError(file.string() +
                      ": cannot be read: " + std::generic_category().message(errno));
  }
  return text.str();
}

// Which task's keys to expect. A name that is no task's is left for its key to complain about.
TaskType task_of(std::string_view yaml, const std::string& file,
                 std::span<const std::string> overrides) {
  std::string name = read_scalar(yaml, file, "task");
  for (const std::string& setting : overrides) {
    if (setting.starts_with("task=")) name = setting.substr(5);
  }
  return from_name<TaskType>(name).value_or(TaskType::translation);
}

}  // namespace

Experiment default_experiment(TaskType task) {
  Experiment experiment;
  experiment.task = task;
  if (task == TaskType::sentiment) {
    experiment.classifier.encoder.hidden_size = 128;
    experiment.training.early_stopping_metric = Metric::accuracy;
    experiment.training.label_smoothing = 0;
  } else if (task == TaskType::language_model) {
    experiment.classifier.encoder.hidden_size = 128;
    experiment.training.early_stopping_metric = Metric::loss;
    experiment.training.label_smoothing = 0;
  } else if (task == TaskType::memory) {
    experiment.training.early_stopping_metric = Metric::loss;
    experiment.training.label_smoothing = 0;
    experiment.training.scheduling = Scheduling::none;
    experiment.training.learning_rate = 0.001;
    experiment.batching.batch_type = BatchType::sentence;
    experiment.batching.batch_size = 50;
  }
  return experiment;
}

Experiment parse_experiment(std::string_view yaml, std::string_view name_for_errors,
                            std::span<const std::string> overrides) {
  const std::string file(name_for_errors);
  Experiment experiment = default_experiment(task_of(yaml, file, overrides));
  const Key root = experiment_keys(experiment);
  Entries entries = read_entries(root, yaml, file);
  for (const std::string& setting : overrides) {
    override_entries(root, entries, read_override(root, setting));
  }
  fill_fields(root, entries);
  check_required(root, experiment, entries, file);
  check_consistent(experiment, entries, file);
  if (!entries.contains("model_dir")) {
    experiment.model_dir = std::filesystem::path("runs") / experiment.name;
  }
  experiment.batching.random_seed = experiment.training.random_seed;
  return experiment;
}

Experiment load_experiment(const std::filesystem::path& file,
                           std::span<const std::string> overrides) {
  return parse_experiment(read_text(file), file.string(), overrides);
}

}  // namespace rondo
