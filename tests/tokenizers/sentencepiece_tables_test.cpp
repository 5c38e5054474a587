#include "tokenizers/sentencepiece_tables.h"

#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

TEST_CASE("the tables hold the type and the pieces of every model", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    const auto tokenizer = small_tokenizer(type);
    const auto tables = read_sentencepiece_tables(tokenizer->serialized());
    CHECK(tables.model_type == type);
    REQUIRE(tables.pieces.size() == static_cast<size_t>(tokenizer->size()));
    for (int32_t id = 0; id < tokenizer->size(); ++id) {
      REQUIRE(tables.pieces[id].text == tokenizer->piece(id));
    }
  }
}

TEST_CASE("pieces have their kinds and scores", "[tokenizers]") {
  const auto tables = read_sentencepiece_tables(small_tokenizer(TokenizerModel::bpe)->serialized());
  CHECK(tables.pieces[kPadId].kind == PieceKind::control);
  CHECK(tables.pieces[kUnkId].kind == PieceKind::unknown);
  CHECK(tables.pieces[kSpecialTokens].kind == PieceKind::normal);
  // Merges are numbered from 0 down.
  CHECK(tables.pieces[kSpecialTokens].score == 0.0F);
  CHECK(tables.pieces[kSpecialTokens + 1].score == -1.0F);
}

TEST_CASE("the tables tell byte fallback and how spaces are treated", "[tokenizers]") {
  const auto plain =
      read_sentencepiece_tables(small_tokenizer(TokenizerModel::unigram)->serialized());
  CHECK_FALSE(plain.byte_fallback);
  CHECK(plain.add_dummy_prefix);
  CHECK(plain.remove_extra_whitespaces);
  CHECK(plain.escape_whitespaces);
  CHECK_FALSE(plain.treat_whitespace_as_suffix);
  CHECK_FALSE(plain.charsmap.empty());

  TokenizerOptions options = small_options(TokenizerModel::unigram);
  options.vocab_size += 256;
  options.byte_fallback = true;
  const auto bytes = read_sentencepiece_tables(train_tokenizer(small_text(), options));
  CHECK(bytes.byte_fallback);
  CHECK(bytes.pieces[kSpecialTokens].text == "<0x00>");
  CHECK(bytes.pieces[kSpecialTokens].kind == PieceKind::byte);
}

TEST_CASE("fields that are absent have SentencePiece's defaults", "[tokenizers]") {
  const auto tables =
      read_sentencepiece_tables(std::string("\x0A\x03\x0A\x01X\x12\x00\x1A\x00", 9));
  REQUIRE(tables.pieces.size() == 1);
  CHECK(tables.pieces[0].text == "X");
  CHECK(tables.pieces[0].kind == PieceKind::normal);
  CHECK(tables.model_type == TokenizerModel::unigram);
  CHECK(tables.add_dummy_prefix);
  CHECK_FALSE(tables.denormalizes);
}

TEST_CASE("a model that is cut inside a field, or of an unknown type, is refused", "[tokenizers]") {
  CHECK_THROWS_AS(read_sentencepiece_tables("\x0A\x7Fxyz"), TokenizerError);
  CHECK(message_of<TokenizerError>([] { read_sentencepiece_tables("\x12\x02\x18\x09"); }) ==
        "a SentencePiece model of unknown type 9");
}

}  // namespace
}  // namespace rondo
