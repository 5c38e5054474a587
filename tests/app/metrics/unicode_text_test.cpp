#include "app/metrics/unicode_text.h"

#include "tests/app/metrics/metrics_reference.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

std::string bytes_of(const std::string& hexadecimal) {
  std::string bytes;
  for (size_t i = 0; i < hexadecimal.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

}  // namespace

TEST_CASE("invalid UTF-8 becomes what Python's errors=replace makes of it", "[metrics]") {
  for (const auto& [hexadecimal, text] :
       metrics_reference()["decodings"].get<std::vector<std::pair<std::string, std::string>>>()) {
    INFO(hexadecimal);
    CHECK(encode_utf8(decode_utf8(bytes_of(hexadecimal))) == text);
  }
}

TEST_CASE("every code point survives decoding and encoding", "[metrics]") {
  std::u32string all;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) all.push_back(c);
  }
  CHECK(decode_utf8(encode_utf8(all)) == all);
}

TEST_CASE("lower case follows str.lower", "[metrics]") {
  CHECK(lowercase(U"AZ ÄÖ ЖЯ") == U"az äö жя");
  CHECK(lowercase(U"\u0130\u1E9E\u01C5\u2126") == U"i\u0307\u00DF\u01C6\u03C9");
  CHECK(lowercase(U"already lower 猫 1") == U"already lower 猫 1");
}

TEST_CASE("a sigma is final behind a letter with none after it", "[metrics]") {
  CHECK(lowercase(U"ΟΔΟΣ ΣΑ Σ") == U"οδος σα σ");
  CHECK(lowercase(U"\u0391\u03A3\u0301 \u0391\u03A3") == U"\u03B1\u03C2\u0301 \u03B1\u03C2");
  CHECK(lowercase(U"\u0391\u03A3.\u0391") == U"\u03B1\u03C3.\u03B1");  // a full stop is ignored
}

TEST_CASE("words are what any Unicode space separates", "[metrics]") {
  const std::u32string text = U" a\u2028b\u00A0\u3000c\x1c\x85 d\u200b ";
  const std::vector<std::u32string_view> expected{U"a", U"b", U"c", U"d\u200b"};
  CHECK(split_words(text) == expected);
  CHECK(split_words(U" \t ").empty());
  CHECK(strip_trailing_space(U" a\u2029\r") == U" a");
}

TEST_CASE("categories are told apart outside ASCII too", "[metrics]") {
  CHECK((is_punctuation(U'，') && is_punctuation(U'«') && !is_punctuation(U'€')));
  CHECK((is_symbol(U'€') && is_symbol(U'😀') && is_symbol(U'+') && !is_symbol(U'-')));
  CHECK((is_number(U'٣') && is_number(U'½') && is_number(U'Ⅷ') && !is_number(U'a')));
}
