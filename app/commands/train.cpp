#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/tasks/resume_check.h"
#include "app/tasks/training_run.h"

namespace rondo {
namespace {

struct TrainArguments {
  std::string config;
  std::vector<std::string> overrides;
  TrainRequest request;
  std::string until;
  bool verify_resume = false;
  int64_t verified_updates = 40;
};

Duration read_until(const std::string& text) {
  const auto until = parse_duration(text);
  if (until) return *until;
  throw ConfigError("--until " + text +
                    ": write a duration: 5e (epochs), 500u or 10ku (updates), " + "30min or 2h");
}

void verify_resume(const TrainArguments& arguments) {
  const ResumeReport report =
      check_resume(arguments.request.experiment, arguments.verified_updates);
  std::cout << report.text();
  if (report.equal()) return;
  throw std::runtime_error("the resumed run is not the one that never stopped");
}

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
  command->callback([arguments] {
    arguments->request.experiment = load_experiment(arguments->config, arguments->overrides);
    if (!arguments->until.empty()) arguments->request.until = read_until(arguments->until);
    if (arguments->verify_resume) return verify_resume(*arguments);
    run_training(arguments->request);
  });
}

}  // namespace rondo
