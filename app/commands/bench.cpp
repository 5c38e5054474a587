#include "app/engine/bench.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

void add_bench(CLI::App& app) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* command = app.add_subcommand(
      "bench",
      "How fast an experiment trains on this machine, beside the machine's own matrix product.");
  command->add_option("config", arguments->config, "the experiment, a YAML file")->required();
  command->add_option("--set", arguments->overrides, "KEY=VALUE, as in train; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--updates", arguments->updates, "updates to measure, after two to warm up")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  command->callback([arguments] { engine().bench(*arguments); });
}

}  // namespace rondo
