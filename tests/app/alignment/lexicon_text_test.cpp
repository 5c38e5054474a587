#include "app/alignment/lexicon_text.h"

#include <fstream>

#include "app/errors.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

const LetterTokenizer kLetters;

LexicalTable read_text(const std::string& text) {
  const TemporaryFolder folder;
  std::ofstream(folder / "lex") << text;
  return read_lexicon((folder / "lex").string(), kLetters, kLetters);
}

std::string refusal(const std::string& text) {
  return message_of<DataError>([&] { read_text(text); });
}

}  // namespace

TEST_CASE("a lexicon comes back as it was written", "[alignment]") {
  LexicalTable table;
  for (int32_t row = 0; row < kLetters.size(); ++row) {
    const std::vector<LexicalEntry> entries{{kLetters.id("b"), 0.7F}, {kLetters.id("a"), 0.1F}};
    table.push_back(row == kLetters.id("a") ? entries : std::vector<LexicalEntry>{});
  }
  table.push_back(std::vector<LexicalEntry>{{kLetters.id("c"), 0.333F}});
  const std::string text = lexicon_text(table, kLetters, kLetters);
  CHECK(text == "b a 0.7\na a 0.1\nc NULL 0.333\n");
  CHECK(read_text(text) == table);
}

TEST_CASE("lines of a lexicon may come in any order, and lack NULL", "[alignment]") {
  const LexicalTable table = read_text("a b 0.2\nc b 0.5\r\nzzz b 0.1\nb\ta\t1e-3\n");
  const auto row = table[kLetters.id("b")];
  REQUIRE(row.size() == 2);
  CHECK(row[0] == LexicalEntry{kLetters.id("c"), 0.5F});
  CHECK(row[1] == LexicalEntry{kLetters.id("a"), 0.2F});
  CHECK(table[kLetters.id("a")].size() == 1);
  // Marian's `first`: the vocabulary's own order.
  REQUIRE(table.frequent().size() == static_cast<size_t>(kLetters.size() - kSpecialTokens));
  CHECK(table.frequent()[0].target == kSpecialTokens);
}

TEST_CASE("a broken lexicon gives one line that says where", "[alignment]") {
  const std::string form = "is not 'target source probability', with a number from 0 to 1";
  CHECK_THAT(refusal("a b 0.2\na b\n"), ContainsSubstring("lex:2: " + form));
  CHECK_THAT(refusal("\n"), ContainsSubstring("lex:1: " + form));
  CHECK_THAT(refusal("a b x\n"), ContainsSubstring("lex:1: " + form));
  CHECK_THAT(refusal("a b 0.5x\n"), ContainsSubstring(form));
  CHECK_THAT(refusal("a b 1.5\n"), ContainsSubstring(form));
  CHECK_THAT(refusal("a b -0.5\n"), ContainsSubstring(form));
  CHECK_THAT(refusal("a b nan\n"), ContainsSubstring(form));
  CHECK_THAT(refusal("a b c 0.5\n"), ContainsSubstring(form));
  CHECK_THAT(refusal("a  0.5\n"), ContainsSubstring(form));
  CHECK_THAT(refusal(" a 0.5\n"), ContainsSubstring(form));
  CHECK_THAT(refusal(std::string("\0\xff\xfe", 3)), ContainsSubstring(form));
  CHECK_THAT(refusal(""), ContainsSubstring("lex: holds no line"));
  CHECK_THAT(refusal("Haus house 0.5\na b 0.1\nBuch book 0.5\n"),
             ContainsSubstring("lex:1: 'house' is no piece of the model's vocabulary, like 2 of "
                               "the 3 lines: the file was made for another vocabulary"));
  CHECK_THAT(message_of<DataError>([] { read_lexicon("/absent", kLetters, kLetters); }),
             ContainsSubstring("/absent"));
}

}  // namespace rondo
