#include "tokenizers/sentencepiece_trainer.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/special_tokens.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

std::string refusal(const std::vector<std::string>& lines, const TokenizerOptions& options) {
  return message_of<TokenizerError>([&] { train_tokenizer(lines, options); });
}

int64_t last_number(const std::string& message) {
  return std::stoll(message.substr(message.find_last_of(' ') + 1));
}

TEST_CASE("the same lines give the same model, byte for byte", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    const TokenizerOptions options = small_options(type);
    CHECK(train_tokenizer(small_text(), options) == small_tokenizer(type)->serialized());
  }
}

TEST_CASE("a subword model has exactly the size that was asked for", "[tokenizers]") {
  CHECK(small_tokenizer(TokenizerModel::unigram)->size() == 380);
  CHECK(small_tokenizer(TokenizerModel::bpe)->size() == 500);
}

TEST_CASE("a character or word model may be smaller than was asked for", "[tokenizers]") {
  for (const TokenizerModel type : {TokenizerModel::character, TokenizerModel::word}) {
    TokenizerOptions options = small_options(type);
    options.vocab_size = 8000;
    const auto tokenizer = load_tokenizer(train_tokenizer(small_text(), options));
    CHECK(tokenizer->size() < 1000);
    CHECK(tokenizer->decode(tokenizer->encode(small_text()[0])) == small_text()[0]);
  }
}

TEST_CASE("a symbol is one piece, wherever it stands and whatever is sampled", "[tokenizers]") {
  for (const TokenizerModel type : kAllTokenizerModels) {
    TokenizerTrainer trainer(small_options(type), {"<bt>", "<2it>"});
    for (const std::string& line : small_text()) trainer.add(line);
    const auto tokenizer = load_tokenizer(trainer.train(), {.alpha = 0.2});
    const int32_t tag = tokenizer->id("<bt>");
    CHECK(tag >= kSpecialTokens);
    CHECK(tokenizer->id("<2it>") >= kSpecialTokens);
    if (type == TokenizerModel::word) continue;  // its words end at spaces alone
    for (const auto& ids :
         {tokenizer->encode("<bt>the cat <bt>"), tokenizer->encode_sampled("<bt>the cat <bt>")}) {
      CHECK(std::ranges::count(ids, tag) == 2);
    }
  }
}

TEST_CASE("what cannot be a symbol is refused", "[tokenizers]") {
  for (const std::string bad : {"", "a b", "a,b", "\"a"}) {
    CHECK(message_of<TokenizerError>([&] { TokenizerTrainer({}, {bad}); }) ==
          "'" + bad + "' cannot be a piece: no spaces, commas or quotes");
  }
}

TEST_CASE("a vocabulary too large is refused with the largest possible", "[tokenizers]") {
  for (const TokenizerModel type : {TokenizerModel::unigram, TokenizerModel::bpe}) {
    TokenizerOptions options = small_options(type);
    options.vocab_size = 8000;
    const std::string message = refusal(small_text(), options);
    REQUIRE_THAT(message, Catch::Contains("tokenizer.vocab_size 8000 is larger than"));
    options.vocab_size = last_number(message);
    CHECK(load_tokenizer(train_tokenizer(small_text(), options))->size() == options.vocab_size);
    ++options.vocab_size;
    CHECK(last_number(refusal(small_text(), options)) == options.vocab_size - 1);
  }
}

TEST_CASE("a vocabulary smaller than the alphabet is refused with the smallest", "[tokenizers]") {
  TokenizerOptions options{.vocab_size = 10};
  const std::string message = refusal({"the cat sat on the mat", "the cat sat"}, options);
  CHECK(message ==
        "tokenizer.vocab_size 10 is smaller than the text's characters; the smallest possible is "
        "14, or lower tokenizer.character_coverage");
  options.vocab_size = 4;
  CHECK(refusal({"a"}, options) == "tokenizer.vocab_size must be at least 5");
  options.byte_fallback = true;
  CHECK(refusal({"a"}, options) == "tokenizer.vocab_size must be at least 261");
}

TEST_CASE("a text of nothing is refused, whatever nothing is made of", "[tokenizers]") {
  const std::vector<std::string> nothing[] = {
      {}, {""}, {" ", "\t"}, {"\xFF\xFE"}, {"\xE2\x96\x81"}, {"\xE2\x96\x85"}};
  for (const TokenizerModel type : kAllTokenizerModels) {
    for (const auto& lines : nothing) {
      CHECK(refusal(lines, small_options(type)) ==
            "the tokenizer cannot be trained: there is no text");
    }
  }
}

TEST_CASE("one letter among blank lines is text enough", "[tokenizers]") {
  const TokenizerOptions options{.vocab_size = 6};
  const auto tokenizer =
      load_tokenizer(train_tokenizer(std::vector<std::string>{" ", "a", "", "\t"}, options));
  CHECK(tokenizer->decode(tokenizer->encode("aa a")) == "aa a");
}

TEST_CASE("a line longer than SentencePiece bears is left out", "[tokenizers]") {
  for (const TokenizerModel type : {TokenizerModel::unigram, TokenizerModel::bpe}) {
    std::vector<std::string> lines = small_text();
    lines.push_back(std::string(70'000, 'q'));
    CHECK(train_tokenizer(lines, small_options(type)) == small_tokenizer(type)->serialized());
  }
}

TEST_CASE("lower case is folded where the option says so", "[tokenizers]") {
  TokenizerOptions options = small_options(TokenizerModel::character);
  options.lowercase = true;
  const auto tokenizer = load_tokenizer(train_tokenizer(small_text(), options));
  CHECK(tokenizer->decode(tokenizer->encode("DIE Fähre")) == "die fähre");
}

TEST_CASE("a sample of the lines depends on the seed and on nothing else", "[tokenizers]") {
  TokenizerOptions options{.model_type = TokenizerModel::word, .vocab_size = 60};
  options.input_sentence_size = 10;
  const std::string first = train_tokenizer(small_text(), options);
  CHECK(train_tokenizer(small_text(), options) == first);
  options.random_seed = 43;
  CHECK(train_tokenizer(small_text(), options) != first);
}

TEST_CASE("character coverage outside its range is refused", "[tokenizers]") {
  TokenizerOptions options = small_options(TokenizerModel::unigram);
  options.character_coverage = 0.5;
  CHECK(refusal(small_text(), options) == "tokenizer.character_coverage must lie in [0.98, 1]");
}

}  // namespace
}  // namespace rondo
