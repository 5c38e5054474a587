#include "app/engine/average.h"

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/weight_average.h"
#include "app/training/run_models.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

RunModel named_file(const std::string& path) {
  return {.path = path, .number = 0, .values = last_values(path)};
}

// How the model was trained, as it tells itself; the defaults where it does not.
TrainingOptions training_of(const fs::path& path) {
  const auto metadata = metadata_of(path);
  const auto config = metadata.find("config");
  if (config == metadata.end()) return {};
  return parse_experiment(config->second, path.string() + ": config").training;
}

// Models that began from different weights agree on no unit's meaning. Fine-tuned from one start
// they may, so this is no error.
void warn_of_other_seeds(const std::vector<RunModel>& models) {
  const uint64_t seed = training_of(models.front().path).random_seed;
  for (const RunModel& model : models) {
    const uint64_t own = training_of(model.path).random_seed;
    if (own == seed) continue;
    std::cerr << "rondo: note: " << model.path.string() << " was trained with random_seed " << own
              << ", the first with " << seed
              << "; unless all began from one model, their mean is none: let them translate "
                 "together instead\n";
    return;
  }
}

std::vector<RunModel> chosen_of_run(const AverageArguments& a) {
  const std::string& folder = a.inputs.front();
  auto models = models_of_run(folder);
  if (a.best > 0) sort_by_metric(models, training_of(models.front().path).early_stopping_metric);
  const int64_t wanted = a.best > 0 ? a.best : a.last;
  if (wanted > static_cast<int64_t>(models.size())) {
    throw DataError(folder + ": holds " + std::to_string(models.size()) + " models, not " +
                    std::to_string(wanted));
  }
  if (wanted > 0) models.resize(static_cast<size_t>(wanted));
  return models;
}

std::vector<RunModel> chosen_models(const AverageArguments& a) {
  const bool folder = fs::is_directory(a.inputs.front());
  if (folder && a.inputs.size() > 1) {
    throw ConfigError("average: give model files, or one run folder, not " + a.inputs[1] +
                      " beside " + a.inputs.front());
  }
  if (!folder && (a.last > 0 || a.best > 0)) {
    throw ConfigError("--last and --best choose among the models of a run folder, which " +
                      a.inputs.front() + " is not");
  }
  if (folder) return chosen_of_run(a);
  std::vector<RunModel> models;
  for (const std::string& path : a.inputs) models.push_back(named_file(path));
  return models;
}

}  // namespace

void run_average(const AverageArguments& a) {
  const auto models = chosen_models(a);
  std::vector<fs::path> paths;
  for (const RunModel& model : models) {
    std::error_code ignored;
    if (fs::equivalent(model.path, a.output, ignored)) {
      throw ConfigError("--output: " + a.output + " is one of the models");
    }
    paths.push_back(model.path);
  }
  write_tensor_file(a.output, average_models(paths, a.moving_averages));
  warn_of_other_seeds(models);
  for (const RunModel& model : models) {
    std::cout << model.path.string() << "  " << to_text(model.values) << '\n';
  }
  std::cout << a.output << ": the mean of " << models.size() << '\n';
}

}  // namespace rondo
