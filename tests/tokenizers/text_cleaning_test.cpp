#include "tokenizers/text_cleaning.h"

#include <random>

#include "tests/support/catch.h"

namespace rondo {
namespace {

const std::string kReplacement = "\xEF\xBF\xBD";

TEST_CASE("valid UTF-8 of every length passes unchanged", "[tokenizers]") {
  const std::string text = "a é ж 港 🚢 \xEF\xBF\xBD";
  CHECK(is_valid_utf8(text));
  CHECK(replace_invalid_utf8(text) == text);
  CHECK(replace_invalid_utf8("") == "");
}

TEST_CASE("a zero byte is a character", "[tokenizers]") {
  const std::string text("a\0b", 3);
  CHECK(is_valid_utf8(text));
  CHECK(replace_invalid_utf8(text) == text);
}

TEST_CASE("stray, cut, overlong and surrogate bytes become U+FFFD", "[tokenizers]") {
  CHECK(replace_invalid_utf8("a\xFFz") == "a" + kReplacement + "z");
  CHECK(replace_invalid_utf8("a\x80z") == "a" + kReplacement + "z");
  CHECK(replace_invalid_utf8("a\xE6\xB8") == "a" + kReplacement);
  CHECK_FALSE(is_valid_utf8("\xC0\xAF"));
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
}

TEST_CASE("random bytes become valid text, and that stays as it is", "[tokenizers]") {
  std::mt19937 generator(7);
  for (int trial = 0; trial < 2000; ++trial) {
    std::string bytes(generator() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(generator());
    const std::string clean = replace_invalid_utf8(bytes);
    REQUIRE(is_valid_utf8(clean));
    REQUIRE(replace_invalid_utf8(clean) == clean);
    REQUIRE(is_valid_utf8(bytes) == (clean == bytes));
  }
}

}  // namespace
}  // namespace rondo
