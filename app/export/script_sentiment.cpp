#include <nlohmann/json.hpp>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/export/export_model.h"
#include "app/export/program.h"
#include "app/export/script_tokenizer.h"
#include "models/torchscript/networks.h"

namespace rondo {

torch::jit::Module script_sentiment(const SentimentModel& model, ScriptPrecision precision) {
  auto program = program_module("Classifier", model.experiment);
  const LabelledDataOptions& labelled = model.experiment.labelled;
  const ScoringOptions& scoring = model.experiment.scoring;
  add_setting(program, "targets", std::string(yaml_name(labelled.targets)));
  add_setting(program, "label_names", c10::List<std::string>(labelled.labels));
  add_setting(program, "label_separator", labelled.label_separator);
  add_setting(program, "outputs", model.experiment.classifier.outputs);
  add_setting(program, "batch_size", scoring.batch_size);
  add_setting(program, "max_length", scoring.max_length);
  add_setting(program, "window_overlap", scoring.window_overlap);
  add_setting(program, "temperature", scoring.temperature);
  add_setting(program, "threshold", scoring.threshold);
  Classifier network = model.network;
  program.register_module("network", script_classifier(*network, precision));
  program.register_module("tokenizer", script_tokenizer(*model.tokenizer));
  define_methods(program, {"about", "batches", "classify"});
  return program;
}

torch::jit::ExtraFilesMap script_files(const SentimentModel& model) {
  torch::jit::ExtraFilesMap files;
  files["config.yaml"] = to_yaml(model.experiment);
  files["labels.json"] = nlohmann::json(model.experiment.labelled.labels)
                             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  files["source.model"] = model.tokenizer->serialized();
  return files;
}

}  // namespace rondo
