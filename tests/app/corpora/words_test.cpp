#include "app/corpora/words.h"

#include "tests/support/catch.h"

namespace rondo {

using Words = std::vector<std::string>;

TEST_CASE("white space of every kind becomes single spaces", "[corpora]") {
  CHECK(normalise_spaces("  a\t b\xC2\xA0\xE3\x80\x80"
                         "c \n") == "a b c");
  CHECK(normalise_spaces(" \t ").empty());
}

TEST_CASE("wrapped lines join by a space, Japanese ones without", "[corpora]") {
  std::string english = "a wrapped";
  append_wrapped_line(english, "line");
  CHECK(english == "a wrapped line");
  std::string japanese = "日本";
  append_wrapped_line(japanese, "語の文");
  CHECK(japanese == "日本語の文");
  append_wrapped_line(japanese, "Debian");
  CHECK(japanese == "日本語の文 Debian");
}

TEST_CASE("lines of broken UTF-8 join without being read past their ends", "[corpora]") {
  std::string broken = "\x80\x80";
  append_wrapped_line(broken, "\xE3");
  CHECK(broken == "\x80\x80 \xE3");
}

TEST_CASE("two unspaced letters count as a word", "[corpora]") {
  CHECK(count_words("") == 0);
  CHECK(count_words("three short words") == 3);
  CHECK(count_words("日本語版") == 2);
  CHECK(count_words("Debian の本") == 2);
}

TEST_CASE("comparable words ignore case and split off punctuation", "[corpora]") {
  CHECK(comparable_words("The C++ file, v2.") ==
        Words{"the", "c", "+", "+", "file", ",", "v2", "."});
  CHECK(comparable_words("più su") == Words{"più", "su"});
  CHECK(comparable_words("日本 PC") == Words{"日", "本", "pc"});
}

}  // namespace rondo
