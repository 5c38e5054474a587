#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/config/load.h"
#include "app/tasks/training_run.h"

namespace rondo {

void add_bench(CLI::App& app) {
  struct Arguments {
    std::string config;
    std::vector<std::string> overrides;
    int updates = 100;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "bench",
      "How fast an experiment trains on this machine, beside the machine's own matrix product.");
  command->add_option("config", arguments->config, "the experiment, a YAML file")->required();
  command->add_option("--set", arguments->overrides, "KEY=VALUE, as in train; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--updates", arguments->updates, "updates to measure, after two to warm up")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->callback([arguments] {
    run_training({.experiment = load_experiment(arguments->config, arguments->overrides),
                  .dry_run = true,
                  .measured_updates = arguments->updates});
  });
}

}  // namespace rondo
