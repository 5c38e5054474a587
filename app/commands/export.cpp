#include "app/engine/export.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/engine/engine.h"

namespace rondo {
namespace {

constexpr const char* kFooter =
    "The file needs LibTorch alone, and LibTorch's processor kernels; the tokenizer is inside.\n"
    "  Python  model = torch.jit.load(\"model.pt\")\n"
    "          model.translate([\"A dog runs.\"])    # of a classifier: model.classify([...])\n"
    "  C++     auto model = torch::jit::load(\"model.pt\");\n"
    "          model.get_method(\"translate\")({c10::List<std::string>({\"A dog runs.\"})});\n"
    "model.config() and the extra file config.yaml tell what it was made of; README, \"Export\", "
    "lists all methods.";

}  // namespace

void add_export(CLI::App& app) {
  auto a = std::make_shared<ExportArguments>();
  CLI::App* command = app.add_subcommand(
      "export", "Write a translator or classifier as one TorchScript file, text in and text out.");
  command->add_option("model", a->model, "a .rondo model, a checkpoint, or a run folder")
      ->required();
  command->add_option("-o,--output", a->output, "the file to write: model.pt")->required();
  command
      ->add_option("--quantize", a->precision,
                   "int8: weights in 8 bits, activations at each call; bf16: in bfloat16")
      ->transform(by_name<ScriptPrecision>())
      ->type_name("NAME");
  command->add_option("--beam", a->beam_size, "what translate takes unless told; 1 = greedy")
      ->check(at_least(1));
  command->add_option("--check", a->check,
                      "answer the lines of this text, plain or .gz, with the file and with rondo, "
                      "and compare; without --quantize a difference is a failure");
  command->add_option("--threads", a->num_threads, "processor threads; 0 = all cores")
      ->check(at_least(0));
  command->footer(kFooter);
  command->callback([a] { engine().export_model(*a); });
}

}  // namespace rondo
