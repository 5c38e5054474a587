#include "app/tasks/loaded_encoder.h"

#include <cmath>

#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/tasks/task_setup.h"
#include "app/training/parameters.h"

namespace rondo {
namespace {

constexpr const char* kEmbedding = "embedding.weight";

void describe_translator(const Seq2SeqOptions& model, LoadedEncoder& loaded) {
  loaded.options = model.encoder;
  if (!model.tied_embeddings) loaded.embedding = std::string("source_") + kEmbedding;
  if (model.scale_embeddings) {
    loaded.embedding_scale = std::sqrt(static_cast<double>(model.encoder.embedding_dim));
  }
}

// The file's tensors of this member under the names of the place.
Weights renamed_weights(const LoadedEncoder& loaded, const EncoderPlace& place) {
  const std::string member =
      loaded.members > 1 ? "member_" + std::to_string(place.member % loaded.members) + "." : "";
  Weights weights;
  for (const auto& [name, tensor] : loaded.file.tensors) {
    if (!name.starts_with(member)) continue;
    const std::string own = name.substr(member.size());
    if (own.starts_with("encoder.")) weights[own] = tensor;
    if (own == loaded.embedding) weights[place.embedding] = tensor.to(torch::kFloat);
  }
  return weights;
}

}  // namespace

LoadedEncoder load_encoder(const std::string& path, const TokenizerOptions& sampling) {
  LoadedEncoder loaded{.path = path, .embedding = kEmbedding, .file = read_tensor_file(path)};
  loaded.task = check_format(loaded.file, path);
  const Experiment stored = stored_experiment(loaded.file, path);
  switch (stored.task) {
    case TaskType::translation:
      describe_translator(stored.model, loaded);
      break;
    case TaskType::sentiment:
      loaded.members = stored.classifier.members;
      [[fallthrough]];
    case TaskType::language_model:
      loaded.options = stored.classifier.encoder;
      break;
    default:
      throw DataError(path + ": is a model for " + loaded.task +
                      "; training.load_encoder wants a translator, a classifier or a language "
                      "model");
  }
  loaded.tokenizer = load_tokenizer_of(loaded.file, "source", sampling, path);
  if (!loaded.tokenizer) throw DataError(path + ": holds no tokenizer");
  return loaded;
}

void take_encoder(const LoadedEncoder& loaded, const EncoderPlace& place,
                  const PieceMapping* mapping) {
  Weights weights = renamed_weights(loaded, place);
  auto parameters = all_parameters(place.network);
  std::erase_if(parameters, [&](const NamedParameter& parameter) {
    return parameter.name != place.embedding && !parameter.name.starts_with("encoder.");
  });
  if (const auto rows = weights.find(place.embedding); rows != weights.end()) {
    // The encoder is to see the same vectors as in the file.
    rows->second = rows->second * (loaded.embedding_scale / place.embedding_scale);
    if (mapping) {
      const torch::Tensor fresh = place.network.named_parameters()[place.embedding];
      rows->second = mapped_rows(*mapping, rows->second, fresh);
    }
  }
  try {
    copy_into(parameters, weights, "");
  } catch (const DataError& error) {
    throw DataError(loaded.path + ": does not fit the experiment's encoder: " + error.what());
  }
}

}  // namespace rondo
