#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tokenizers/sentencepiece_tables.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// What the scripts beside this header compute with, by the names they have there. Text in it has
// the byte 0xFF in place of U+2581, SentencePiece's space: no byte of UTF-8, and one instead of
// three.
struct ScriptTables {
  TokenizerModel model_type = TokenizerModel::unigram;
  std::vector<std::string> pieces{};  // as they are
  std::map<std::string, std::vector<int32_t>> integers{};
  std::vector<double> scores{};  // of unigram pieces, see segmentation_tables.h
  std::map<std::string, int64_t> settings{};
};

// Throws TokenizerError naming what the scripts do not have.
ScriptTables script_tables(const Tokenizer& tokenizer);

}  // namespace rondo
