#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/weight_average.h"
#include "app/training/run_models.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFooter =
    "The mean of the last or best models of one run is often a little better than each, and never\n"
    "slower than one; it pays most where the learning rate stays high to the end, and little "
    "after\n"
    "a cosine that has come down. Average models of one run only: those of different seeds, or "
    "the\n"
    "snapshots of different cosine cycles, lie too far apart for their mean to be a model. Let\n"
    "those translate together instead (rondo translate A B C). Measure on the development text.\n"
    "  rondo average runs/x --best 3 -o mean.rondo";

struct AverageArguments {
  std::vector<std::string> inputs;  // files, or one run folder
  std::string output;
  int64_t last = 0, best = 0;  // of a run folder; 0 = all
  bool moving_averages = false;
};

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

}  // namespace

void add_average(CLI::App& app) {
  auto a = std::make_shared<AverageArguments>();
  CLI::App* command =
      app.add_subcommand("average", "One model whose weights are the mean of several models'.");
  command
      ->add_option("input", a->inputs,
                   "model files, snapshots or checkpoints of the same options and tokenizers; or a "
                   "run folder: its best-*.rondo, else its snapshot-*.rondo")
      ->required();
  command->add_option("-o,--output", a->output, "the model file to write")->required();
  auto* last = command->add_option("--last", a->last, "of a run folder, the last so many")
                   ->check(at_least(1));
  command->add_option("--best", a->best, "of a run folder, the best so many by its own metric")
      ->check(at_least(1))
      ->excludes(last);
  command->add_flag("--ema", a->moving_averages,
                    "of checkpoints, the moving averages of their weights (training.ema_decay)");
  command->footer(kFooter);
  command->callback([a] { run_average(*a); });
}

}  // namespace rondo
