#include "app/export/script_tokenizer.h"

#include <algorithm>
#include <string>

#include "models/torchscript/script_module.h"
#include "tokenizers/torchscript/script_sources.h"
#include "tokenizers/torchscript/script_tables.h"

namespace rondo {
namespace {

using TensorTable = c10::Dict<std::string, torch::Tensor>;
using IntegerTable = c10::Dict<std::string, int64_t>;

const auto kIntegers = c10::ListType::ofInts();
const auto kIntegerTable = c10::DictType::create(c10::StringType::get(), c10::IntType::get());
const auto kTensorTable = c10::DictType::create(c10::StringType::get(), c10::TensorType::get());

// In the narrowest type that holds them, as most of them are bytes.
torch::Tensor tensor_of(const std::vector<int32_t>& values) {
  const torch::Tensor tensor = torch::tensor(values, torch::kInt32);
  if (values.empty()) return tensor;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least >= 0 && *most < 256) return tensor.to(torch::kUInt8);
  if (*least >= -32768 && *most < 32768) return tensor.to(torch::kInt16);
  return tensor;
}

// What the file holds.
void register_tables(torch::jit::Module& module, const ScriptTables& tables) {
  c10::List<std::string> pieces;
  for (const std::string& piece : tables.pieces) pieces.push_back(piece);
  TensorTable tensors;
  for (const auto& [name, values] : tables.integers) tensors.insert(name, tensor_of(values));
  if (!tables.scores.empty()) {
    tensors.insert("scores", torch::tensor(tables.scores, torch::kFloat64));
  }
  IntegerTable settings;
  for (const auto& [name, value] : tables.settings) settings.insert(name, value);
  module.register_attribute("pieces", c10::ListType::ofStrings(), pieces);
  module.register_attribute("tables", kTensorTable, tensors);
  module.register_attribute("settings", kIntegerTable, settings);
}

void register_trie(torch::jit::Module& module, const std::string& name) {
  module.register_attribute(name, c10::ListType::create(kIntegers),
                            c10::List<c10::List<int64_t>>());
}

// What tables.py and decoding.py fill in from it.
void register_prepared(torch::jit::Module& module) {
  for (const char* name :
       {"byte_fallback", "remove_spaces", "space_in_front", "space_at_end", "has_symbols"}) {
    module.register_attribute(name, c10::BoolType::get(), false);
  }
  for (const char* name : {"plain", "replacements", "byte_of", "byte_ids", "widths"}) {
    module.register_attribute(name, kIntegers, c10::List<int64_t>());
  }
  for (const char* name : {"space_mark", "space_text", "line_start"}) {
    module.register_attribute(name, c10::StringType::get(), std::string());
  }
  register_trie(module, "rules");
  register_trie(module, "symbols");
  module.register_attribute("space", c10::IntType::get(), 0);
  module.register_attribute("surfaces", c10::ListType::ofStrings(), c10::List<std::string>());
}

// What the script of the model type fills in; returns the script's name.
std::string register_segmentation(torch::jit::Module& module, TokenizerModel type) {
  switch (type) {
    case TokenizerModel::unigram:
      register_trie(module, "piece_trie");
      module.register_attribute("scores", c10::ListType::ofFloats(), c10::List<double>());
      return "unigram";
    case TokenizerModel::bpe:
      register_trie(module, "piece_symbols");
      for (const char* name : {"ids_of", "rank_of", "whole_words"}) {
        module.register_attribute(name, kIntegerTable, IntegerTable());
      }
      module.register_attribute("by_word", c10::BoolType::get(), false);
      return "bpe";
    case TokenizerModel::character:
      register_trie(module, "piece_trie");
      return "characters";
    case TokenizerModel::word:
      module.register_attribute("ids_of", kIntegerTable, IntegerTable());
      return "words";
  }
  return "";
}

}  // namespace

torch::jit::Module script_tokenizer(const Tokenizer& tokenizer) {
  const ScriptTables tables = script_tables(tokenizer);
  torch::jit::Module module = script_module("Tokenizer");
  register_tables(module, tables);
  register_prepared(module);
  const std::string segmentation = register_segmentation(module, tables.model_type);
  std::string source;
  for (const std::string& name :
       {std::string("tables"), std::string("utf8"), std::string("normalization"), segmentation,
        std::string("decoding")}) {
    source += tokenizer_script(name);
  }
  define_script(module, source);
  module.get_method("prepare")({});
  return module;
}

}  // namespace rondo
