#include "app/tasks/loaded_encoder.h"

#include <cmath>

#include "app/config/names.h"
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

// Says which key to change for one difference of two encoders.
class Comparison {
 public:
  explicit Comparison(const LoadedEncoder& loaded) : path_(loaded.path) {}

  template <class T>
  void same(const std::string& key, T found, T wanted) const {
    if (found == wanted) return;
    throw DataError(path_ + ": its encoder has " + key + " " + text(found) + ", the experiment's " +
                    text(wanted) + ": set model.encoder." + key + " to " + text(found));
  }

 private:
  template <class T>
  static std::string text(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
      return std::string(yaml_name(value));
    } else {
      return std::to_string(value);
    }
  }

  const std::string& path_;
};

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

void check_fits(const LoadedEncoder& loaded, const EncoderOptions& wanted) {
  const Comparison compare(loaded);
  const EncoderOptions& found = loaded.options;
  compare.same("rnn_type", found.rnn_type, wanted.rnn_type);
  compare.same("hidden_size", found.hidden_size, wanted.hidden_size);
  compare.same("num_layers", found.num_layers, wanted.num_layers);
  compare.same("bidirectional", found.bidirectional, wanted.bidirectional);
  compare.same("embedding_dim", found.embedding_dim, wanted.embedding_dim);
  // Those below change what the same weights compute.
  compare.same("residual", found.residual, wanted.residual);
  compare.same("layer_norm", found.layer_norm, wanted.layer_norm);
  if (found.rnn_type == RnnType::rnn) {
    compare.same("nonlinearity", found.nonlinearity, wanted.nonlinearity);
  }
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
