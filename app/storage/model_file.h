#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/alignment/lexical_table.h"
#include "app/config/experiment.h"
#include "app/storage/model_format.h"
#include "app/storage/tensor_file.h"
#include "models/seq2seq.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// A translation model ready for use: all that a .rondo file holds.
struct TranslationModel {
  Experiment experiment;  // vocabulary sizes filled in
  std::shared_ptr<const Tokenizer> source_tokenizer{};
  std::shared_ptr<const Tokenizer> target_tokenizer{};  // the same object when joint
  Seq2Seq network{nullptr};
  std::shared_ptr<const LexicalTable> shortlist{};  // null where the file has none
};

// *.rondo: weights under the module's parameter names, "config" (effective YAML), "format_version",
// "task", "history" (JSON of the validations) in the metadata; tokenizers as uint8 tensors
// "tokenizer.source" and "tokenizer.target" (absent when joint), a lexical table as
// "shortlist.offsets", "shortlist.targets" and "shortlist.probabilities", where there is one. The
// weights are shared, not copied.
TensorFile to_tensor_file(const TranslationModel& model, const std::string& history = "[]");

// Throws DataError naming the file: cut short, not Rondo's, another task, tokenizer and weights
// that do not fit each other, a newer format. A checkpoint is read as the model it holds.
TranslationModel load_translation_model(const std::filesystem::path& path);
// The same from a file in memory; errors begin with `where`.
TranslationModel load_translation_model(const TensorFile& file, const std::string& where);

}  // namespace rondo
