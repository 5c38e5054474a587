#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizers/options.h"

namespace rondo {

// SentencePiece's own numbers (sentencepiece_model.proto).
enum class PieceKind {
  normal = 1,
  unknown = 2,
  control = 3,
  user_defined = 4,
  unused = 5,
  byte = 6
};

struct SentencePiece {
  std::string text{};  // a space is U+2581
  float score = 0;     // log probability, or for BPE the order of merges; larger is better
  PieceKind kind = PieceKind::normal;
};

// What a SentencePiece model holds, as plain values: all that encoding and decoding depend on.
struct SentencePieceTables {
  TokenizerModel model_type = TokenizerModel::unigram;
  std::vector<SentencePiece> pieces{};  // in the order of their ids
  bool byte_fallback = false;
  bool treat_whitespace_as_suffix = false;
  std::string charsmap{};  // see normalization_rules.h; empty = text stays as it is
  bool add_dummy_prefix = true;
  bool remove_extra_whitespaces = true;
  bool escape_whitespaces = true;
  bool denormalizes = false;  // decoded text goes through rules of its own
};

// From the bytes of a SentencePiece model. Throws TokenizerError when they are damaged.
SentencePieceTables read_sentencepiece_tables(std::string_view serialized);

}  // namespace rondo
