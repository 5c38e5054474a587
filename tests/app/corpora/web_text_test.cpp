#include "app/corpora/web_text.h"

#include "tests/support/catch.h"

namespace rondo {

using Words = std::vector<std::string>;

TEST_CASE("entities are decoded, those escaped twice too", "[corpora]") {
  CHECK(decode_entities("salt &amp; pepper &lt;3 &gt;_&lt;") == "salt & pepper <3 >_<");
  CHECK(decode_entities("Arps &amp;amp; Co &quot;us&quot; it&#39;s") == "Arps & Co \"us\" it's");
  CHECK(decode_entities("R&D &unknown; &") == "R&D &unknown; &");
}

TEST_CASE("broken quotation marks and dots are mended, broken emoji become blanks", "[corpora]") {
  CHECK(mend_punctuation("I can\xE4\xF3\xBBt") == "I can't");
  CHECK(mend_punctuation("don\xD5\xA2_\x8A\xCE_\x86\xA2t") == "don't");
  CHECK(mend_punctuation("\x8A\x97\x93@who: no\x8A\x97\x9D") == "\"@who: no\"");
  CHECK(mend_punctuation("so far\xE4\xF3_") == "so far...");
  CHECK(mend_punctuation("cake\xF4\xD6\x89_\xF4\xD6\x89!") == "cake !");
  CHECK(mend_punctuation("snake_case stays") == "snake_case stays");
}

TEST_CASE("copies share their words in letters alone", "[corpora]") {
  CHECK(words_of_copies("RT @who: Don't  WAIT, http://x.y/z it's 5-star!") ==
        Words{"dont", "wait", "its", "star"});
  CHECK(words_of_copies("voil\xC3\xA0") == Words{"voil\xC3\xA0"});
  CHECK(words_of_copies(" 100 % :) @who ").empty());
}

}  // namespace rondo
