#include "tokenizers/sentencepiece_tables.h"

#include <bit>

#include "tokenizers/protobuf_reader.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

// Calls use(field) for every field of a message.
template <typename Use>
void for_each_field(std::string_view message, Use use) {
  ProtobufField field;
  while (take_field(message, field)) use(field);
  if (!message.empty()) throw TokenizerError("a damaged SentencePiece model");
}

SentencePiece read_piece(std::string_view message) {
  SentencePiece piece;
  for_each_field(message, [&](const ProtobufField& field) {
    if (field.number == 1) piece.text = field.bytes;
    if (field.number == 2) piece.score = std::bit_cast<float>(static_cast<uint32_t>(field.value));
    if (field.number == 3) piece.kind = static_cast<PieceKind>(field.value);
  });
  return piece;
}

TokenizerModel model_type(uint64_t number) {
  switch (number) {
    case 1:
      return TokenizerModel::unigram;
    case 2:
      return TokenizerModel::bpe;
    case 3:
      return TokenizerModel::word;
    case 4:
      return TokenizerModel::character;
  }
  throw TokenizerError("a SentencePiece model of unknown type " + std::to_string(number));
}

void read_trainer_spec(std::string_view message, SentencePieceTables& tables) {
  for_each_field(message, [&](const ProtobufField& field) {
    if (field.number == 3) tables.model_type = model_type(field.value);
    if (field.number == 24) tables.treat_whitespace_as_suffix = field.value != 0;
    if (field.number == 35) tables.byte_fallback = field.value != 0;
  });
}

void read_normalizer_spec(std::string_view message, SentencePieceTables& tables) {
  for_each_field(message, [&](const ProtobufField& field) {
    if (field.number == 2) tables.charsmap = field.bytes;
    if (field.number == 3) tables.add_dummy_prefix = field.value != 0;
    if (field.number == 4) tables.remove_extra_whitespaces = field.value != 0;
    if (field.number == 5) tables.escape_whitespaces = field.value != 0;
  });
}

bool has_charsmap(std::string_view message) {
  SentencePieceTables tables;
  read_normalizer_spec(message, tables);
  return !tables.charsmap.empty();
}

}  // namespace

SentencePieceTables read_sentencepiece_tables(std::string_view serialized) {
  SentencePieceTables tables;
  for_each_field(serialized, [&](const ProtobufField& field) {
    if (field.number == 1) tables.pieces.push_back(read_piece(field.bytes));
    if (field.number == 2) read_trainer_spec(field.bytes, tables);
    if (field.number == 3) read_normalizer_spec(field.bytes, tables);
    if (field.number == 5) tables.denormalizes = has_charsmap(field.bytes);
  });
  return tables;
}

}  // namespace rondo
