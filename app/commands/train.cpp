#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/config/load.h"
#include "app/tasks/training_run.h"

namespace rondo {
namespace {

struct TrainArguments {
  std::string config;
  std::vector<std::string> overrides;
  TrainRequest request;
};

}  // namespace

void add_train(CLI::App& app) {
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App* command = app.add_subcommand("train", "Train a model as a YAML experiment says.");
  command->add_option("config", arguments->config, "the experiment, a YAML file")->required();
  command
      ->add_option("--set", arguments->overrides,
                   "KEY=VALUE instead of what the file says, e.g. "
                   "training.learning_rate=0.001; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--dry-run", arguments->request.dry_run,
                    "build everything, measure a few updates, and write nothing");
  command->add_flag("--resume", arguments->request.resume,
                    "go on from the last checkpoint in model_dir");
  command->add_flag("--overwrite", arguments->request.overwrite, "replace the run in model_dir")
      ->excludes("--resume");
  command->add_flag_callback(
      "--keys",
      [] {
        std::cout << describe_keys() << "\n---  # a classifier's experiment\n\n"
                  << describe_keys(TaskType::sentiment)
                  << "\n---  # a synthetic problem's experiment\n\n"
                  << describe_keys(TaskType::memory);
        throw CLI::Success();  // before the missing config is noticed
      },
      "print every key of an experiment with its meaning and default, and stop");
  command->callback([arguments] {
    arguments->request.experiment = load_experiment(arguments->config, arguments->overrides);
    run_training(arguments->request);
  });
}

}  // namespace rondo
