#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/storage/model_summary.h"

namespace rondo {
namespace {

struct InspectArguments {
  std::string path;
  bool json = false;
};

}  // namespace

void add_inspect(CLI::App& app) {
  auto arguments = std::make_shared<InspectArguments>();
  CLI::App* command = app.add_subcommand(
      "inspect",
      "Tell what a model or checkpoint holds: sizes, tokenizers, training, configuration.");
  command->add_option("file", arguments->path, "a .rondo model, a checkpoint, or a run folder")
      ->required();
  command->add_flag("--json", arguments->json, "the same for programs");
  command->callback([arguments] {
    const ModelSummary summary = summarise_model(arguments->path);
    std::cout << (arguments->json ? to_json(summary) + "\n" : to_text(summary));
  });
}

}  // namespace rondo
