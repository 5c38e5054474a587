#include "app/engine/inspect.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {

void add_inspect(CLI::App& app) {
  auto arguments = std::make_shared<InspectArguments>();
  CLI::App* command = app.add_subcommand(
      "inspect",
      "Tell what a model or checkpoint holds: sizes, tokenizers, training, configuration.");
  command->add_option("file", arguments->path, "a .rondo model, a checkpoint, or a run folder")
      ->required();
  command->add_flag("--json", arguments->json, "the same for programs");
  command->callback([arguments] { engine().inspect(*arguments); });
}

}  // namespace rondo
