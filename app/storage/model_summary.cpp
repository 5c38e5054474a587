#include "app/storage/model_summary.h"

#include <map>
#include <nlohmann/json.hpp>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/errors.h"
#include "app/metrics/metric_record.h"
#include "app/storage/model_format.h"
#include "app/storage/network_weights.h"
#include "app/storage/run_folder.h"
#include "app/storage/tensor_file.h"

namespace rondo {
namespace {

using json = nlohmann::ordered_json;  // metrics keep their order

std::filesystem::path model_in(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return path;
  const std::filesystem::path best = RunFolder{path}.best_model();
  if (!std::filesystem::exists(best)) {
    throw DataError(path.string() + ": a folder without best.rondo; give a model file or a run");
  }
  return best;
}

void add_sizes(const TensorFile& file, ModelSummary& summary) {
  std::map<std::string, PartSize> parts;
  for (const auto& [name, tensor] : file.tensors) {
    const auto bytes = static_cast<int64_t>(tensor.nbytes());
    if (is_companion(name)) continue;
    if (summary.is_checkpoint && is_training_state(name)) {
      summary.training_bytes += bytes;
      continue;
    }
    const std::string prefix = name.substr(0, name.rfind('.'));
    for (PartSize* part : {&parts[prefix], &summary.total}) {
      part->numbers += tensor.numel();
      part->bytes += bytes;
    }
  }
  for (auto& [name, part] : parts) {
    summary.parts.push_back({.name = name, .numbers = part.numbers, .bytes = part.bytes});
  }
}

void add_tokenizers(const TensorFile& file, const Experiment& experiment, ModelSummary& summary) {
  const bool one_sided = experiment.task != TaskType::translation;
  const bool joint = file.tensors.count("tokenizer.target") == 0;
  for (const std::string side : {"source", "target"}) {
    const auto tokenizer =
        load_tokenizer_of(file, side, experiment.tokenizer, summary.path.string());
    if (!tokenizer) continue;
    summary.tokenizers.push_back({.side = one_sided ? "text"
                                          : joint   ? "joint"
                                                    : side,
                                  .type = std::string(yaml_name(experiment.tokenizer.model_type)),
                                  .pieces = tokenizer->size(),
                                  .bytes = static_cast<int64_t>(tokenizer->serialized().size())});
  }
}

void add_history(const std::string& text, ModelSummary& summary) {
  const json records = json::parse(text, nullptr, false);
  if (!records.is_array()) throw DataError(summary.path.string() + ": its history is damaged");
  for (const json& record : records) {
    if (!record.is_object()) throw DataError(summary.path.string() + ": its history is damaged");
    const double update = number_in(record, "update");
    const bool counted = update >= 0 && update < 9e15;
    summary.history.push_back({.update = counted ? static_cast<int64_t>(update) : 0,
                               .epoch = number_in(record, "epoch"),
                               .seconds = number_in(record, "seconds"),
                               .values = metrics_in(record)});
  }
}

}  // namespace

ModelSummary summarise_model(const std::filesystem::path& path) {
  ModelSummary summary{.path = model_in(path)};
  const TensorFile file = read_tensor_file(summary.path);
  summary.task = check_format(file, summary.path.string());
  summary.format = file.metadata.at("format_version");
  summary.is_checkpoint = file.metadata.count("training") == 1;
  summary.file_bytes = static_cast<int64_t>(std::filesystem::file_size(summary.path));
  const Experiment experiment = stored_experiment(file, summary.path.string());
  summary.name = experiment.name;
  summary.config = file.metadata.at("config");
  add_sizes(file, summary);
  add_tokenizers(file, experiment, summary);
  const auto history = file.metadata.find("history");
  if (history != file.metadata.end()) add_history(history->second, summary);
  return summary;
}

}  // namespace rondo
