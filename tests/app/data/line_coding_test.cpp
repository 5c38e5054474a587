#include "app/data/line_coding.h"

#include <sstream>

#include "app/data/tokenizer_files.h"
#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

using namespace std::string_literals;

const std::string kText = "the boats\nthe boat, the sand\n";

// A character tokenizer of kText in a file, and files to read from.
class Workplace {
 public:
  Workplace() {
    write_bytes(folder_ / "text", kText);
    const std::vector<std::string> files{path("text")};
    const TokenizerOptions options{.model_type = TokenizerModel::character};
    write_bytes(folder_ / "a.model", train_tokenizer_on_files(files, options));
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string encode(const std::string& text, TokenForm form) const {
    return convert(encode_lines, text, form);
  }
  std::string decode(const std::string& tokens, TokenForm form) const {
    return convert(decode_lines, tokens, form);
  }

 private:
  template <typename Coding>
  std::string convert(Coding coding, const std::string& bytes, TokenForm form) const {
    write_bytes(folder_ / "input", bytes);
    LineReader reader(path("input"));
    std::ostringstream out;
    coding(reader, *read_tokenizer(path("a.model")), form, out);
    return out.str();
  }

  TemporaryFolder folder_;
};

TEST_CASE("lines become pieces or ids and come back", "[data]") {
  const Workplace place;
  CHECK(place.encode("a boat\n", TokenForm::pieces) == "▁ a ▁ b o a t\n");
  for (const TokenForm form : {TokenForm::pieces, TokenForm::ids}) {
    CHECK(place.decode(place.encode(kText, form), form) == kText);
  }
}

TEST_CASE("as many lines come out as go in, whatever the bytes", "[data]") {
  const Workplace place;
  const std::string odd = "\n\r\n\xFF\n \na\0b\n\xE2\x80\xA8\nzzz"s;
  for (const TokenForm form : {TokenForm::pieces, TokenForm::ids}) {
    const std::string tokens = place.encode(odd, form);
    CHECK(std::count(tokens.begin(), tokens.end(), '\n') == 7);
    const std::string text = place.decode(tokens, form);
    CHECK(std::count(text.begin(), text.end(), '\n') == 7);
  }
}

TEST_CASE("a token that is none of the tokenizer's is refused with its line", "[data]") {
  const Workplace place;
  const auto refusal = [&](const std::string& tokens, TokenForm form) {
    return message_of<DataError>([&] { place.decode(tokens, form); });
  };
  CHECK(refusal("5 6\n7 1000\n", TokenForm::ids) ==
        place.path("input") + ":2: \"1000\" is no id of this tokenizer, which has 15");
  CHECK_THAT(refusal("-1\n", TokenForm::ids), Catch::Contains(":1: \"-1\" is no id"));
  CHECK_THAT(refusal("5x\n", TokenForm::ids), Catch::Contains(":1: \"5x\" is no id"));
  CHECK_THAT(refusal("a boat\n", TokenForm::pieces), Catch::Contains("\"boat\" is no piece"));
}

TEST_CASE("a file that is no tokenizer is refused by name", "[data]") {
  const Workplace place;
  CHECK(message_of<DataError>([&] { read_tokenizer(place.path("text")); }) ==
        place.path("text") + ": no SentencePiece model, or a damaged one");
}

TEST_CASE("a tokenizer learns from all its files, and says what it lacks", "[data]") {
  const Workplace place;
  write_bytes(place.path("more"), gzipped("q\n"));
  const TokenizerOptions options{.model_type = TokenizerModel::character};
  const std::vector<std::string> files{place.path("text"), place.path("more")};
  write_bytes(place.path("b.model"), train_tokenizer_on_files(files, options));
  CHECK(read_tokenizer(place.path("b.model"))->size() ==
        read_tokenizer(place.path("a.model"))->size() + 1);
  CHECK_THROWS_AS(train_tokenizer_on_files({}, options), TokenizerError);
}

}  // namespace
}  // namespace rondo
