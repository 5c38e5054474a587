#include "app/engine/train.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/config/load.h"
#include "app/engine/engine.h"
#include "app/errors.h"
#include "app/experiments/child_process.h"
#include "app/experiments/local_workers.h"
#include "app/machine/processor.h"
#include "app/training/interrupt.h"

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

// This very command, without --workers.
std::vector<std::string> worker_command(const TrainArguments& a, const std::string& program) {
  std::vector<std::string> command{program, "train", a.config};
  for (const std::string& setting : a.overrides) {
    command.push_back("--set");
    command.push_back(setting);
  }
  if (a.request.resume) command.push_back("--resume");
  if (a.request.overwrite) command.push_back("--overwrite");
  if (!a.until.empty()) {
    command.push_back("--until");
    command.push_back(a.until);
  }
  return command;
}

void train_with_workers(const TrainArguments& a, const std::string& program) {
  if (a.request.dry_run || a.verify_resume) {
    throw ConfigError("--workers: --dry-run and --verify-resume are of one process");
  }
  load_experiment(a.config, a.overrides);  // a mistake is told once, not by each worker
  const InterruptGuard guard;
  const int status = run_local_workers({.count = a.workers,
                                        .command = worker_command(a, program),
                                        .cores = this_processor().usable_cores,
                                        .stop_requested = InterruptGuard::requested});
  if (status != 0) throw SilentFailure(status);
}

constexpr const char* kFooter =
    "Several processes train one model together, on one machine or on many:\n"
    "  rondo train CONFIG --workers 4\n"
    "  torchrun --no-python --nproc-per-node 4 --nnodes 2 ... rondo train CONFIG\n"
    "  mpirun -n 8 -x MASTER_ADDR rondo train CONFIG        srun rondo train CONFIG\n"
    "An update then takes workers x batch_multiplier batches.";

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
  command
      ->add_option("--workers", arguments->workers,
                   "processes on this machine that train one model together")
      ->check(at_least(1));
  command->footer(kFooter);
  command->callback([&app, arguments] {
    if (arguments->workers > 1) {
      return train_with_workers(*arguments, own_program(app.get_name()));
    }
    engine().train(*arguments);
  });
}

}  // namespace rondo
