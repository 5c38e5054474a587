#include "app/engine/train.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/config/load.h"
#include "app/engine/engine.h"

namespace rondo {

namespace {

void add_resume_options(CLI::App& command, TrainArguments& arguments) {
  CLI::Option* resume = command.add_flag(
      "--resume", arguments.request.resume,
      "go on from the last checkpoint in model_dir; from the beginning where there is none yet");
  command.add_flag("--overwrite", arguments.request.overwrite, "replace the run in model_dir")
      ->excludes(resume);
  command.add_option("--until", arguments.until,
                     "stop and save there (5e, 10ku, 30min), with the schedule of the whole "
                     "duration; --resume goes on");
  CLI::Option* verify = command.add_flag(
      "--verify-resume", arguments.verify_resume,
      "train this experiment for a few updates, once without a stop and once stopped and resumed, "
      "and compare every bit");
  command.add_option("--updates", arguments.verified_updates, "of --verify-resume, at least 8")
      ->needs(verify)
      ->capture_default_str();
}

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
  add_resume_options(*command, *arguments);
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
  command->callback([arguments] { engine().train(*arguments); });
}

}  // namespace rondo
