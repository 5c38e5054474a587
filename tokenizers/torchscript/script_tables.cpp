#include "tokenizers/torchscript/script_tables.h"

#include <algorithm>
#include <string_view>

#include "tokenizers/double_array.h"
#include "tokenizers/normalization_rules.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/tokenizer_error.h"
#include "tokenizers/torchscript/segmentation_tables.h"

namespace rondo {
namespace {

using Integers = std::vector<int32_t>;

[[noreturn]] void refuse(const std::string& what) {
  throw TokenizerError("cannot export the tokenizer: " + what);
}

void check_supported(const SentencePieceTables& tables) {
  if (tables.denormalizes) refuse("its model has a denormalizer_spec");
  for (const SentencePiece& piece : tables.pieces) {
    if (piece.kind == PieceKind::unused) refuse("the piece " + piece.text + " is marked unused");
    if (!is_text(piece) && is_one_character(piece.text)) {
      refuse("the control symbol " + piece.text + " is one character");
    }
  }
  const bool space_before_words =
      tables.add_dummy_prefix && tables.escape_whitespaces && !tables.treat_whitespace_as_suffix;
  if (tables.model_type == TokenizerModel::word && !space_before_words) {
    refuse(
        "a word model needs add_dummy_prefix and escape_whitespaces, and no "
        "treat_whitespace_as_suffix");
  }
}

void insert_trie(ScriptTables& tables, const std::string& name, DoubleArray trie) {
  tables.integers[name + ".cells"] = std::move(trie.cells);
  tables.integers[name + ".ids"] = std::move(trie.ids);
}

// What each ASCII byte becomes before another ASCII byte, or -1 where that depends on more.
Integers plain_bytes(const SentencePieceTables& model, const NormalizationRules& rules) {
  const auto child = [&](size_t cell, int32_t byte) -> size_t {
    const auto next = static_cast<size_t>(rules.keys.base(cell) ^ byte);
    return rules.keys.label(next) == byte ? next : 0;
  };
  Integers plain(256, -1);
  for (int32_t byte = 0; byte < 128; ++byte) {
    const size_t cell = byte == 0 ? 0 : child(0, byte);
    plain[byte] = byte;
    if (cell == 0) continue;
    if (rules.keys.ids[cell] >= 0) {
      const std::string to = rules.texts.c_str() + rules.keys.ids[cell];
      plain[byte] = to.size() == 1 && static_cast<unsigned char>(to[0]) < 128 ? to[0] : -1;
    }
    for (int32_t next = 1; next < 128; ++next) {
      if (child(cell, next) != 0) plain[byte] = -1;
    }
  }
  for (const SentencePiece& piece : model.pieces) {
    const auto first = static_cast<unsigned char>(piece.text[0]);
    if (piece.kind == PieceKind::user_defined) plain[first] = -1;
  }
  return plain;
}

// The normalizer: rules of the charsmap, and user-defined symbols, which stay as they are.
void insert_rules(ScriptTables& tables, const SentencePieceTables& model) {
  NormalizationRules rules = read_normalization_rules(model.charsmap);
  if (rules.texts.find(kSpaceText) != std::string::npos) {
    refuse("a normalization rule makes a U+2581");
  }
  tables.integers["plain"] = plain_bytes(model, rules);
  insert_trie(tables, "rules", std::move(rules.keys));
  std::vector<DoubleArrayKey> symbols;
  for (const SentencePiece& piece : model.pieces) {
    if (piece.kind != PieceKind::user_defined) continue;
    symbols.push_back({piece.text, static_cast<int32_t>(rules.texts.size())});
    rules.texts += with_space_bytes(piece.text) + '\0';
  }
  insert_trie(tables, "symbols", build_double_array(std::move(symbols)));
  Integers& texts = tables.integers["replacements"];
  for (const char byte : rules.texts) texts.push_back(static_cast<unsigned char>(byte));
}

// "<0x41>" to 0x41.
int32_t byte_value(const std::string& piece) { return std::stoi(piece.substr(3, 2), nullptr, 16); }

void insert_kinds(ScriptTables& tables, const SentencePieceTables& model) {
  Integers byte_of, byte_ids(256, kUnkId), controls;
  for (size_t id = 0; id < model.pieces.size(); ++id) {
    const SentencePiece& piece = model.pieces[id];
    const bool is_byte = piece.kind == PieceKind::byte;
    byte_of.push_back(is_byte ? byte_value(piece.text) : -1);
    if (is_byte) byte_ids[byte_of.back()] = static_cast<int32_t>(id);
    if (piece.kind == PieceKind::control) controls.push_back(static_cast<int32_t>(id));
  }
  tables.integers["byte_of"] = std::move(byte_of);
  tables.integers["byte_ids"] = std::move(byte_ids);
  tables.integers["controls"] = std::move(controls);
}

void insert_segmentation(ScriptTables& tables, const SentencePieceTables& model,
                         const Tokenizer& tokenizer) {
  switch (model.model_type) {
    case TokenizerModel::unigram:
      insert_trie(tables, "pieces", piece_trie(model));
      tables.scores = unigram_scores(model);
      break;
    case TokenizerModel::bpe:
      insert_trie(tables, "piece_symbols", symbol_trie(model));
      tables.integers["ranks"] = merge_ranks(model);
      tables.integers["whole_words"] = whole_words(model, tokenizer);
      tables.settings["by_word"] = !has_space_inside(model);
      break;
    case TokenizerModel::character:
      insert_trie(tables, "pieces", piece_trie(model));
      break;
    case TokenizerModel::word:
      break;
  }
}

void insert_settings(ScriptTables& tables, const SentencePieceTables& model) {
  tables.settings["byte_fallback"] = model.byte_fallback;
  tables.settings["remove_extra_whitespaces"] = model.remove_extra_whitespaces;
  tables.settings["add_dummy_prefix"] = model.add_dummy_prefix;
  tables.settings["treat_whitespace_as_suffix"] = model.treat_whitespace_as_suffix;
  tables.settings["escape_whitespaces"] = model.escape_whitespaces;
  tables.settings["has_symbols"] =
      std::any_of(model.pieces.begin(), model.pieces.end(),
                  [](const auto& piece) { return piece.kind == PieceKind::user_defined; });
}

}  // namespace

ScriptTables script_tables(const Tokenizer& tokenizer) {
  const SentencePieceTables model = read_sentencepiece_tables(tokenizer.serialized());
  check_supported(model);
  ScriptTables tables;
  tables.model_type = model.model_type;
  for (const SentencePiece& piece : model.pieces) tables.pieces.push_back(piece.text);
  insert_settings(tables, model);
  insert_rules(tables, model);
  insert_kinds(tables, model);
  insert_segmentation(tables, model, tokenizer);
  return tables;
}

}  // namespace rondo
