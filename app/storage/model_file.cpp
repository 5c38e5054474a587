#include "app/storage/model_file.h"

#include <cstring>
#include <exception>
#include <utility>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/errors.h"
#include "app/storage/network_weights.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

torch::Tensor bytes_tensor(const std::string& bytes) {
  torch::Tensor tensor = torch::empty({static_cast<int64_t>(bytes.size())}, torch::kUInt8);
  std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
  return tensor;
}

std::string text_of(const TensorFile& file, const std::string& key, const std::string& where) {
  const auto found = file.metadata.find(key);
  if (found == file.metadata.end()) throw DataError(where + ": not a Rondo file: no " + key);
  return found->second;
}

void check_vocabulary(const TensorFile& file, const std::string& embedding,
                      const Tokenizer& tokenizer, const std::string& where) {
  const auto found = file.tensors.find(embedding);
  const int64_t rows = found == file.tensors.end() || found->second.dim() == 0
                           ? tokenizer.size()  // missing weights are told of later
                           : found->second.size(0);
  if (rows == tokenizer.size()) return;
  throw DataError(where + ": its tokenizer has " + std::to_string(tokenizer.size()) +
                  " pieces but '" + embedding + "' has " + std::to_string(rows) + " rows");
}

void load_tokenizers(const TensorFile& file, const std::string& where, TranslationModel& model) {
  const TokenizerOptions& options = model.experiment.tokenizer;
  model.source_tokenizer = load_tokenizer_of(file, "source", options, where);
  if (!model.source_tokenizer) throw DataError(where + ": holds no tokenizer");
  model.target_tokenizer = load_tokenizer_of(file, "target", options, where);
  if (!model.target_tokenizer) model.target_tokenizer = model.source_tokenizer;
  const bool tied = model.experiment.model.tied_embeddings;
  check_vocabulary(file, tied ? "embedding.weight" : "source_embedding.weight",
                   *model.source_tokenizer, where);
  check_vocabulary(file, tied ? "embedding.weight" : "target_embedding.weight",
                   *model.target_tokenizer, where);
  model.experiment.model.encoder.vocab_size = model.source_tokenizer->size();
  model.experiment.model.decoder.vocab_size = model.target_tokenizer->size();
}

// The weights drawn by the constructor are overwritten, so they need not be orthogonal, which costs
// most of the time of loading.
Seq2Seq load_network(const TensorFile& file, Seq2SeqOptions options, const std::string& where) {
  check_plausible(file, options, where);
  options.init_rnn_orthogonal = false;
  try {
    Seq2Seq network(options);
    copy_weights(file, *network, where);
    return network;
  } catch (const std::invalid_argument& error) {
    throw DataError(where + ": " + error.what());
  }
}

}  // namespace

TensorFile to_tensor_file(const TranslationModel& model, const std::string& history) {
  TensorFile file;
  add_weights(*model.network, file);
  file.tensors["tokenizer.source"] = bytes_tensor(model.source_tokenizer->serialized());
  if (model.target_tokenizer != model.source_tokenizer) {
    file.tensors["tokenizer.target"] = bytes_tensor(model.target_tokenizer->serialized());
  }
  file.metadata = {{"format_version", std::to_string(kFormatVersion)},
                   {"task", std::string(yaml_name(TaskType::translation))},
                   {"config", to_yaml(model.experiment)},
                   {"history", history}};
  return file;
}

std::string check_format(const TensorFile& file, const std::string& where) {
  const std::string version = text_of(file, "format_version", where);
  if (version != std::to_string(kFormatVersion)) {
    throw DataError(where + ": has format " + version + "; this Rondo reads format " +
                    std::to_string(kFormatVersion) + ", a newer one may read it");
  }
  return text_of(file, "task", where);
}

// A configuration that the present schema cannot read is damage to the file, not the user's error.
Experiment stored_experiment(const TensorFile& file, const std::string& where) {
  try {
    return parse_experiment(text_of(file, "config", where), where + ": config");
  } catch (const ConfigError& error) {
    throw DataError(error.what());
  }
}

std::shared_ptr<const Tokenizer> load_tokenizer_of(const TensorFile& file, const std::string& side,
                                                   const TokenizerOptions& options,
                                                   const std::string& where) {
  const auto found = file.tensors.find(kTokenizerPrefix + side);
  if (found == file.tensors.end()) return nullptr;
  const torch::Tensor& bytes = found->second;
  if (bytes.scalar_type() != torch::kUInt8) throw DataError(where + ": its tokenizer is damaged");
  try {
    return load_tokenizer(
        {static_cast<const char*>(bytes.data_ptr()), static_cast<size_t>(bytes.numel())}, options);
  } catch (const TokenizerError& error) {
    throw DataError(where + ": its tokenizer is damaged: " + error.what());
  }
}

TranslationModel load_translation_model(const std::filesystem::path& path) {
  return load_translation_model(read_tensor_file(path), path.string());
}

TranslationModel load_translation_model(const TensorFile& file, const std::string& where) {
  const std::string task = check_format(file, where);
  if (task != yaml_name(TaskType::translation)) {
    throw DataError(where + ": is a model for " + task + ", not for translation");
  }
  TranslationModel model{.experiment = stored_experiment(file, where)};
  load_tokenizers(file, where, model);
  model.network = load_network(file, model.experiment.model, where);
  return model;
}

}  // namespace rondo
