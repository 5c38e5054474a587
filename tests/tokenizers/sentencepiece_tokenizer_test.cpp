#include "tokenizers/sentencepiece_tokenizer.h"

#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>

#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/text_cleaning.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

using Ids = std::vector<int32_t>;

TEST_CASE("the ids are those of the sentencepiece Python package", "[tokenizers]") {
  std::ifstream reference(RONDO_REFERENCE_DIR "/tokenizer_ids.txt");
  for (const TokenizerModel type : kAllTokenizerModels) {
    const auto tokenizer = small_tokenizer(type);
    for (const std::string& line : small_text()) {
      std::ostringstream ids;
      ids << name_of(type);
      for (const int32_t id : tokenizer->encode(line)) ids << ' ' << id;
      std::string expected;
      REQUIRE(std::getline(reference, expected));
      REQUIRE(ids.str() == expected);
    }
  }
}

TEST_CASE("text in every script comes back from its ids", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    if (type == TokenizerModel::word) continue;  // 100 words leave most of the text unknown
    const auto tokenizer = small_tokenizer(type);
    for (const std::string& line : small_text()) {
      REQUIRE(tokenizer->decode(tokenizer->encode(line)) == line);
    }
  }
}

TEST_CASE("the special tokens have the first ids and vanish in text", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  CHECK(tokenizer->piece(kPadId) == kPadPiece);
  CHECK(tokenizer->piece(kUnkId) == kUnkPiece);
  CHECK(tokenizer->piece(kBosId) == kBosPiece);
  CHECK(tokenizer->piece(kEosId) == kEosPiece);
  Ids ids = tokenizer->encode("The boat");
  ids.insert(ids.begin(), {kBosId, kUnkId});
  ids.insert(ids.end(), {kEosId, kPadId, kPadId});
  CHECK(tokenizer->decode(ids) == "The boat");
}

TEST_CASE("text that spells a special token stays text", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  for (const int32_t id : tokenizer->encode("</s> <s> <pad>")) {
    CHECK((id == kUnkId || id >= kSpecialTokens));
  }
}

TEST_CASE("piece and id are each other's inverse", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::bpe);
  for (int32_t id = 0; id < tokenizer->size(); ++id) {
    REQUIRE(tokenizer->id(tokenizer->piece(id)) == id);
  }
  CHECK(tokenizer->id("no such piece") == kUnkId);
}

TEST_CASE("each id has its place in the line", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    const auto tokenizer = small_tokenizer(type);
    for (const std::string& line : small_text()) {
      const auto spans = tokenizer->spans(line);
      REQUIRE(spans.size() == tokenizer->encode(line).size());
      size_t end = 0;
      for (const TextSpan& span : spans) {
        REQUIRE(span.begin >= end);
        REQUIRE(span.end >= span.begin);
        end = span.end;
      }
      REQUIRE(end <= line.size());
    }
  }
}

TEST_CASE("ids outside the vocabulary are refused", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  CHECK_THROWS_AS(tokenizer->decode(Ids{tokenizer->size()}), std::out_of_range);
  CHECK_THROWS_AS(tokenizer->decode(Ids{-1}), std::out_of_range);
  CHECK_THROWS_AS(tokenizer->piece(tokenizer->size()), std::out_of_range);
}

TEST_CASE("empty and blank lines have no tokens", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    const auto tokenizer = small_tokenizer(type);
    for (const char* line : {"", " ", "\t", "\xC2\xA0", "\xE3\x80\x80", "\xFF"}) {
      CHECK(tokenizer->encode(line).empty());
    }
    CHECK(tokenizer->decode({}).empty());
  }
}

TEST_CASE("random bytes give valid ids, and those give one line of valid UTF-8", "[tokenizers]") {
  std::mt19937 generator(11);
  for (const TokenizerModel type : kAllTokenizerModels) {
    const auto tokenizer = small_tokenizer(type);
    for (int trial = 0; trial < 500; ++trial) {
      std::string bytes(generator() % 60, '\0');
      for (char& byte : bytes) byte = static_cast<char>(generator());
      const Ids ids = tokenizer->encode(bytes);
      for (const int32_t id : ids) REQUIRE((id >= kUnkId && id < tokenizer->size()));
      const std::string text = tokenizer->decode(ids);
      REQUIRE(is_valid_utf8(text));
      REQUIRE(text.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("with byte fallback no character is unknown, and a line end does not come out",
          "[tokenizers]") {
  TokenizerOptions options = small_options(TokenizerModel::unigram);
  options.vocab_size = 256 + 380;
  options.byte_fallback = true;
  const auto tokenizer = load_tokenizer(train_tokenizer(small_text(), options));
  CHECK(tokenizer->decode(tokenizer->encode("🚢 Ж")) == "🚢 Ж");
  CHECK(tokenizer->decode(Ids{tokenizer->id("<0x0A>"), tokenizer->id("<0x41>")}) == " A");
}

TEST_CASE("its bytes make an equal tokenizer", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  const auto copy = load_tokenizer(tokenizer->serialized());
  CHECK(copy->serialized() == tokenizer->serialized());
  for (const std::string& line : small_text()) CHECK(copy->encode(line) == tokenizer->encode(line));
}

TEST_CASE("bytes that are no model are refused, wherever they are cut", "[tokenizers]") {
  CHECK_THROWS_AS(load_tokenizer(""), TokenizerError);
  CHECK_THROWS_AS(load_tokenizer("not a model"), TokenizerError);
  const std::string model = small_tokenizer(TokenizerModel::word)->serialized();
  for (size_t length = 1; length < model.size(); length += length < 2000 ? 1 : 1009) {
    CHECK_THROWS_AS(load_tokenizer(model.substr(0, length)), TokenizerError);
  }
}

TEST_CASE("sampling draws different segmentations of the same text", "[tokenizers]") {
  for (const TokenizerModel type : {TokenizerModel::unigram, TokenizerModel::bpe}) {
    TokenizerOptions options = small_options(type);
    options.alpha = 0.3;
    const auto tokenizer = load_tokenizer(small_tokenizer(type)->serialized(), options);
    std::set<Ids> drawn;
    for (int i = 0; i < 50; ++i) {
      const Ids ids = tokenizer->encode_sampled(small_text()[0]);
      REQUIRE(tokenizer->decode(ids) == small_text()[0]);
      drawn.insert(ids);
    }
    CHECK(drawn.size() > 5);
  }
}

TEST_CASE("without alpha, and for characters and words, sampling is encoding", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    TokenizerOptions options = small_options(type);
    const bool subwords = type == TokenizerModel::unigram || type == TokenizerModel::bpe;
    options.alpha = subwords ? 0.0 : 0.5;
    const auto tokenizer = load_tokenizer(small_tokenizer(type)->serialized(), options);
    for (const std::string& line : small_text()) {
      CHECK(tokenizer->encode_sampled(line) == tokenizer->encode(line));
    }
  }
}

}  // namespace
}  // namespace rondo
