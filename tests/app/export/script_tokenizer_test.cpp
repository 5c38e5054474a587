#include "app/export/script_tokenizer.h"

#include <random>
#include <sstream>

#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

using Ids = std::vector<int32_t>;

Ids encode(const torch::jit::Module& module, const std::string& line) {
  const auto ids = module.get_method("encode")({line}).toIntVector();
  return Ids(ids.begin(), ids.end());
}

std::string decode(const torch::jit::Module& module, const Ids& ids) {
  const c10::List<int64_t> list(std::vector<int64_t>(ids.begin(), ids.end()));
  return module.get_method("decode")({list}).toStringRef();
}

torch::jit::Module saved_and_loaded(const torch::jit::Module& module) {
  std::stringstream file;
  module.save(file);
  return torch::jit::load(file);
}

// Of each type one without and one with the options that change what a model does.
std::vector<std::shared_ptr<const Tokenizer>> train_all() {
  std::vector<std::shared_ptr<const Tokenizer>> all;
  for (const TokenizerModel type : kAllTokenizerModels) {
    all.push_back(small_tokenizer(type));
    TokenizerOptions options = small_options(type);
    options.vocab_size += 256;
    options.byte_fallback = true;
    options.lowercase = true;
    all.push_back(load_tokenizer(train_tokenizer(small_text(), options)));
  }
  return all;
}

const std::vector<std::shared_ptr<const Tokenizer>>& all_tokenizers() {
  static const auto all = train_all();
  return all;
}

void check_line(const Tokenizer& tokenizer, const torch::jit::Module& module,
                const std::string& line) {
  const Ids expected = tokenizer.encode(line);
  REQUIRE(encode(module, line) == expected);
  REQUIRE(decode(module, expected) == tokenizer.decode(expected));
}

const std::vector<std::string> kManyScripts = {
    "",
    " ",
    "  two  spaces\tand a tab ",
    "\xC2\xA0no\xE3\x80\x80"
    "break\xE2\x80\x83spaces",
    "Full width ＡＢＣ１２３ and ｶﾞ half width",
    "ﬁnd ﬃ ligatures, ½ and ²",
    "combining: e\xCC\x81 o\xCC\x88 n\xCC\x83 \xCC\x81",
    "decomposed 한글 \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB",
    "👨‍👩‍👧‍👦 👍🏽 🇩🇪 ❤️",
    "¨ leading diaeresis¨ ¨",
    "literal \xE2\x96\x81 mark \xE2\x96\x81\xE2\x96\x81",
    "\xE2\x96\x81",
    "replacement \xEF\xBF\xBD\xEF\xBF\xBD twice",
    "controls \x01\x02 \x7F \xC2\x85 \xE2\x80\x8B \xEF\xBB\xBF end",
    std::string("zero \0 byte", 11),
    "\xFF\xFE cut \xE2\x82",
    "overlong \xC0\x80 \xE0\x80\x80 \xF0\x80\x80\x80 surrogate \xED\xA0\x80 high \xF4\x90\x80\x80",
    "שלום العربية हिन्दी ไทย Ελληνικά",
    "中文没有空格的一句话，日本語とカタカナ。",
    "</s> <s> <pad> <unk> <0x41>",
    "UPPER lower ÄÖÜẞ ǅ İ"};

TEST_CASE("the exported tokenizer gives the ids and the text of the C++ one", "[export]") {
  for (const auto& tokenizer : all_tokenizers()) {
    const auto module = script_tokenizer(*tokenizer);
    for (const std::string& line : small_text()) check_line(*tokenizer, module, line);
    for (const std::string& line : kManyScripts) check_line(*tokenizer, module, line);
  }
}

TEST_CASE("random bytes and random pieces are tokenized alike", "[export]") {
  std::mt19937 generator(17);
  const std::string common = "a \xE2\x96\x81\xCC\x81\xF0\x9F\xED\xA0\xE3\xEF\xBF\xBD";
  for (const auto& tokenizer : all_tokenizers()) {
    const auto module = script_tokenizer(*tokenizer);
    for (int trial = 0; trial < 150; ++trial) {
      std::string line;
      for (size_t left = generator() % 40; left > 0; --left) {
        const int32_t id = static_cast<int32_t>(generator() % tokenizer->size());
        if (trial % 3 == 0) line += static_cast<char>(generator());
        if (trial % 3 == 1) line += common[generator() % common.size()];
        if (trial % 3 == 2) line += tokenizer->piece(id);
      }
      check_line(*tokenizer, module, line);
    }
  }
}

TEST_CASE("random ids become the same text", "[export]") {
  std::mt19937 generator(23);
  for (const auto& tokenizer : all_tokenizers()) {
    const auto module = script_tokenizer(*tokenizer);
    for (int trial = 0; trial < 300; ++trial) {
      // The first ids are special tokens and, with byte fallback, mostly bytes.
      const int32_t range = trial % 2 == 0 ? std::min(260, tokenizer->size()) : tokenizer->size();
      Ids ids(generator() % 12);
      for (int32_t& id : ids) id = static_cast<int32_t>(generator() % range);
      REQUIRE(decode(module, ids) == tokenizer->decode(ids));
    }
  }
}

// TorchScript's optimizer once gave a loop that emptied its run of bytes the old run back.
TEST_CASE("runs of byte pieces between words become their own characters", "[export]") {
  for (const auto& tokenizer : all_tokenizers()) {
    const auto module = script_tokenizer(*tokenizer);
    for (int trial = 0; trial < 5; ++trial) {
      check_line(*tokenizer, module, "the ⛵ a 🚢 the ⛵🚢 a ⛵ boat 🚢 the ⛵");
    }
  }
}

TEST_CASE("a saved and loaded tokenizer is the same", "[export]") {
  for (const auto& tokenizer : all_tokenizers()) {
    const auto module = saved_and_loaded(saved_and_loaded(script_tokenizer(*tokenizer)));
    CHECK(module.get_method("size")({}).toInt() == tokenizer->size());
    CHECK(module.get_method("piece")({5}).toStringRef() == tokenizer->piece(5));
    for (const std::string& line : small_text()) check_line(*tokenizer, module, line);
    for (const std::string& line : kManyScripts) check_line(*tokenizer, module, line);
  }
}

TEST_CASE("ids outside the vocabulary raise an error that names them", "[export]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  const auto module = script_tokenizer(*tokenizer);
  const auto message = message_of<std::exception>([&] { decode(module, {tokenizer->size()}); });
  CHECK(message.find("token id " + std::to_string(tokenizer->size())) != std::string::npos);
  CHECK_THROWS(decode(module, {-1}));
  CHECK_THROWS(module.get_method("piece")({-1}));
}

// Field 3, the normalizer's settings, once more: add_dummy_prefix off.
TEST_CASE("what the exported tokenizer does not have is refused by name", "[export]") {
  const std::string model = small_tokenizer(TokenizerModel::word)->serialized();
  const auto with_prefix_off = model + std::string("\x1A\x02\x18\x00", 4);
  const auto message =
      message_of<TokenizerError>([&] { script_tokenizer(*load_tokenizer(with_prefix_off)); });
  CHECK(message.find("add_dummy_prefix") != std::string::npos);
}

}  // namespace
}  // namespace rondo
