#include "app/storage/model_format.h"

#include <cstring>

#include "app/config/load.h"
#include "app/config/names.h"
#include "app/errors.h"
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

}  // namespace

void add_description(const Experiment& experiment, const std::string& history, TensorFile& file) {
  file.metadata = {{"format_version", std::to_string(kFormatVersion)},
                   {"task", std::string(yaml_name(experiment.task))},
                   {"config", to_yaml(experiment)},
                   {"history", history}};
}

std::string check_format(const TensorFile& file, const std::string& where) {
  const std::string version = text_of(file, "format_version", where);
  if (version != std::to_string(kFormatVersion)) {
    throw DataError(where + ": has format " + version + "; this Rondo reads format " +
                    std::to_string(kFormatVersion) + ", a newer one may read it");
  }
  return text_of(file, "task", where);
}

void check_task(const TensorFile& file, TaskType task, const std::string& where) {
  const std::string found = check_format(file, where);
  if (found == yaml_name(task)) return;
  throw DataError(where + ": is a model for " + found + ", not for " +
                  std::string(yaml_name(task)));
}

// A configuration that the present schema cannot read is damage to the file, not the user's error.
Experiment stored_experiment(const TensorFile& file, const std::string& where) {
  try {
    return parse_experiment(text_of(file, "config", where), where + ": config");
  } catch (const ConfigError& error) {
    throw DataError(error.what());
  }
}

void add_tokenizer(const Tokenizer& tokenizer, const std::string& side, TensorFile& file) {
  file.tensors[kTokenizerPrefix + side] = bytes_tensor(tokenizer.serialized());
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

}  // namespace rondo
