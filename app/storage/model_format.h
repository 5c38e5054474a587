#pragma once

#include <memory>
#include <string>

#include "app/config/experiment.h"
#include "app/storage/tensor_file.h"
#include "tokenizers/tokenizer.h"

// What model files of every task have in common.
namespace rondo {

inline constexpr int kFormatVersion = 1;
inline constexpr const char* kTokenizerPrefix = "tokenizer.";

inline constexpr const char* kShortlistPrefix = "shortlist.";

inline bool is_tokenizer(const std::string& tensor_name) {
  return tensor_name.starts_with(kTokenizerPrefix);
}

// What a model file holds beside the weights.
inline bool is_companion(const std::string& tensor_name) {
  return is_tokenizer(tensor_name) || tensor_name.starts_with(kShortlistPrefix);
}

// "format_version", "task", "config" (effective YAML) and "history" (JSON of the validations).
void add_description(const Experiment& experiment, const std::string& history, TensorFile& file);

// Format, version and task are ours; returns the task's name. Throws DataError.
std::string check_format(const TensorFile& file, const std::string& where);

// The same for one task: "is a model for translation, not for sentiment".
void check_task(const TensorFile& file, TaskType task, const std::string& where);

// The configuration in the file. Throws DataError when it has none that this Rondo can read.
Experiment stored_experiment(const TensorFile& file, const std::string& where);

// The tokenizer as a uint8 tensor "tokenizer.<side>".
void add_tokenizer(const Tokenizer& tokenizer, const std::string& side, TensorFile& file);

// The opposite; null when there is none. Throws DataError.
std::shared_ptr<const Tokenizer> load_tokenizer_of(const TensorFile& file, const std::string& side,
                                                   const TokenizerOptions& options,
                                                   const std::string& where);

// Throws DataError where the embedding of that name has another number of rows than the tokenizer
// has pieces.
void check_vocabulary(const TensorFile& file, const std::string& embedding,
                      const Tokenizer& tokenizer, const std::string& where);

}  // namespace rondo
