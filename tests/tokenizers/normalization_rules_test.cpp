#include "tokenizers/normalization_rules.h"

#include <string_view>

#include "tests/support/catch.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tables.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

std::string charsmap() {
  static const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  return read_sentencepiece_tables(tokenizer->serialized()).charsmap;
}

// The replacement for a whole text, "(none)" where it is no key.
std::string replacement(const NormalizationRules& rules, std::string_view text) {
  size_t cell = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    cell = static_cast<size_t>(rules.keys.base(cell) ^ byte);
    if (rules.keys.label(cell) != byte) return "(none)";
  }
  const int32_t begin = rules.keys.ids[cell];
  return begin < 0 ? "(none)" : rules.texts.c_str() + begin;
}

TEST_CASE("the rules of nmt_nfkc are read", "[tokenizers]") {
  const NormalizationRules rules = read_normalization_rules(charsmap());
  CHECK(replacement(rules, "\t") == " ");
  CHECK(replacement(rules, "\x01") == "");
  CHECK(replacement(rules, "Ａ") == "A");
  CHECK(replacement(rules, "ﬃ") == "ffi");
  CHECK(replacement(rules, "e\xCC\x81") == "é");
  CHECK(replacement(rules, "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB") == "한");
  CHECK(replacement(rules, "A") == "(none)");
  CHECK(replacement(rules, "\xEF\xBC") == "(none)");
}

TEST_CASE("no charsmap has no rules", "[tokenizers]") {
  const NormalizationRules rules = read_normalization_rules("");
  CHECK(replacement(rules, "\t") == "(none)");
  CHECK(replacement(rules, "Ａ") == "(none)");
}

TEST_CASE("a charsmap that is cut is refused", "[tokenizers]") {
  const std::string whole = charsmap();
  for (const size_t length : {size_t{1}, size_t{4}, size_t{5}, whole.size() / 2}) {
    CHECK_THROWS_AS(read_normalization_rules(whole.substr(0, length)), TokenizerError);
  }
  CHECK_THROWS_AS(read_normalization_rules(whole + "x"), TokenizerError);
}

}  // namespace
}  // namespace rondo
