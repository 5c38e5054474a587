#include "app/config/load.h"
#include "app/export/export_model.h"
#include "app/export/program.h"
#include "app/export/script_tokenizer.h"
#include "models/torchscript/networks.h"

namespace rondo {
torch::jit::Module script_translator(const TranslationModel& model, ScriptPrecision precision) {
  auto program = program_module("Translator", model.experiment);
  const TestingOptions& testing = model.experiment.testing;
  add_search_settings(program, testing.search);
  add_setting(program, "batch_size", testing.batch_size);
  add_setting(program, "max_input_length", testing.max_input_length);
  add_setting(program, "crop_long_input", testing.crop_long_input);
  Seq2Seq network = model.network;
  program.register_module("network", script_seq2seq(*network, precision));
  const auto source = script_tokenizer(*model.source_tokenizer);
  const bool joint = model.target_tokenizer == model.source_tokenizer;
  program.register_module("source_tokenizer", source);
  program.register_module("target_tokenizer",
                          joint ? source : script_tokenizer(*model.target_tokenizer));
  define_methods(program, {"about", "batches", "long_input", "align", "search", "translate",
                           "tensors", "score"});
  return program;
}

torch::jit::ExtraFilesMap script_files(const TranslationModel& model) {
  torch::jit::ExtraFilesMap files;
  files["config.yaml"] = to_yaml(model.experiment);
  files["source.model"] = model.source_tokenizer->serialized();
  if (model.target_tokenizer != model.source_tokenizer) {
    files["target.model"] = model.target_tokenizer->serialized();
  }
  return files;
}

}  // namespace rondo
