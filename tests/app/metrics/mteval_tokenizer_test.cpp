#include "app/metrics/mteval_tokenizer.h"

#include "app/errors.h"
#include "app/metrics/unicode_text.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

// The words with | between them.
std::string words(std::u32string_view line, BleuTokenizer tokenizer) {
  const std::u32string text = tokenize_mteval(line, tokenizer);
  std::string joined;
  for (auto word : split_words(text)) joined += (joined.empty() ? "" : "|") + encode_utf8(word);
  return joined;
}

}  // namespace

TEST_CASE("13a sets ASCII punctuation apart, but not inside numbers", "[metrics]") {
  CHECK(words(U"Well, 1,000.5 (or so)!", BleuTokenizer::v13a) == "Well|,|1,000.5|(|or|so|)|!");
  CHECK(words(U"The end.", BleuTokenizer::v13a) == "The|end|.");
  CHECK(words(U"In 1999.", BleuTokenizer::v13a) == "In|1999|.");
}

TEST_CASE("13a splits a dash only behind a digit, and no apostrophe", "[metrics]") {
  CHECK(words(U"well-known 5-7 it's", BleuTokenizer::v13a) == "well-known|5|-|7|it's");
}

TEST_CASE("13a resolves the four entities in turn", "[metrics]") {
  CHECK(words(U"&quot;a&quot; &amp;lt;", BleuTokenizer::v13a) == "\"|a|\"|<");
}

TEST_CASE("13a leaves punctuation of other scripts alone, intl does not", "[metrics]") {
  CHECK(words(U"«oui»… 猫。", BleuTokenizer::v13a) == "«oui»…|猫。");
  CHECK(words(U"«oui» 猫。", BleuTokenizer::intl) == "«|oui|»|猫|。");
}

TEST_CASE("intl sets symbols apart and keeps a full stop behind a last number", "[metrics]") {
  CHECK(words(U"5€ x=y 😀!", BleuTokenizer::intl) == "5|€|x|=|y|😀|!");
  CHECK(words(U"in 1999.", BleuTokenizer::intl) == "in|1999.");
}

TEST_CASE("char makes each code point a word, none only looks at spaces", "[metrics]") {
  CHECK(words(U"ab 猫", BleuTokenizer::chars) == "a|b|猫");
  CHECK(words(U"a,b\u2028c\u00a0d  e", BleuTokenizer::none) == "a,b|c|d|e");
}

TEST_CASE("tokenizers are found by their names", "[metrics]") {
  for (const char* name : {"13a", "none", "char", "intl"}) {
    CHECK(tokenizer_name(tokenizer_by_name(name)) == name);
  }
  CHECK_THROWS_AS(tokenizer_by_name("zh"), ConfigError);
}
