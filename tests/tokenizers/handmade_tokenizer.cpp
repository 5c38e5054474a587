#include "tests/tokenizers/handmade_tokenizer.h"

#include <cstring>

#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

std::string varint(uint64_t number) {
  std::string bytes;
  for (; number >= 128; number >>= 7) bytes += static_cast<char>(number % 128 + 128);
  return bytes + static_cast<char>(number);
}

// A protobuf field: wire type 0 is a number, 2 is bytes, 5 is four bytes as they stand.
std::string number_field(int field, uint64_t number) {
  return varint(static_cast<uint64_t>(field) * 8) + varint(number);
}

std::string bytes_field(int field, const std::string& bytes) {
  return varint(static_cast<uint64_t>(field) * 8 + 2) + varint(bytes.size()) + bytes;
}

std::string float_field(int field, float number) {
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  return varint(static_cast<uint64_t>(field) * 8 + 5) + bytes;
}

// sentencepiece_model.proto: SentencePiece {piece = 1, score = 2, type = 3}.
std::string piece_field(const SentencePiece& piece) {
  return bytes_field(1, bytes_field(1, piece.text) + float_field(2, piece.score) +
                            number_field(3, static_cast<uint64_t>(piece.kind)));
}

}  // namespace

std::shared_ptr<const Tokenizer> handmade_tokenizer(const std::vector<SentencePiece>& pieces) {
  std::string model;
  for (const std::string_view special : {kPadPiece, kUnkPiece, kBosPiece, kEosPiece}) {
    const PieceKind kind = special == kUnkPiece ? PieceKind::unknown : PieceKind::control;
    model += piece_field({.text = std::string(special), .score = 0, .kind = kind});
  }
  for (const SentencePiece& piece : pieces) model += piece_field(piece);
  // TrainerSpec {model_type = 3: unigram}; NormalizerSpec {name = 1}, without a charsmap.
  model += bytes_field(2, number_field(3, 1)) + bytes_field(3, bytes_field(1, "identity"));
  return load_tokenizer(model);
}

std::shared_ptr<const Tokenizer> handmade_tokenizer(const std::vector<std::string>& pieces) {
  std::vector<SentencePiece> plain;
  for (const std::string& piece : pieces) plain.push_back({.text = piece, .score = -1});
  return handmade_tokenizer(plain);
}

}  // namespace rondo
