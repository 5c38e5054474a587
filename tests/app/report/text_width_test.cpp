#include "app/report/text_width.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("wide characters take two columns and marks none", "[report]") {
  CHECK(text_width("Grüße") == 5);
  CHECK(text_width("犬が走る") == 8);
  CHECK(text_width("e\u0301a\u200D") == 2);
  CHECK(text_width("\xFF") == 1);  // shown as U+FFFD
}

TEST_CASE("what is too wide ends in an ellipsis within its columns", "[report]") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdef", 5) == "abcd…");
  CHECK(shortened("犬が走る", 5) == "犬が…");
  CHECK(shortened("犬が走る", 4) == "犬…");
}

TEST_CASE("shortened text holds no control character and is valid UTF-8", "[report]") {
  CHECK(shortened("a\x1b[2J\n\xFF", 20) == "a [2J \xEF\xBF\xBD");
}

TEST_CASE("padding counts columns, not bytes", "[report]") {
  CHECK(set_left("犬", 4) == "犬  ");
  CHECK(set_right("ü", 3) == "  ü");
  CHECK(set_right("long", 2) == "long");
}

}  // namespace rondo
