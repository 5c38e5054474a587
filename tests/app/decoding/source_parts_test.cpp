#include "app/decoding/source_parts.h"

#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

const LetterTokenizer kTokenizer;

// The parts of each line as text, joined by "|".
std::vector<std::string> parts_of(const std::vector<std::string>& lines,
                                  const TestingOptions& options, LineReport& report) {
  const auto parts = make_source_parts(lines, kTokenizer, options, report);
  std::vector<std::string> texts;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string& text = texts.emplace_back();
    for (int64_t part = parts.first_part[i]; part < parts.first_part[i + 1]; ++part) {
      if (part > parts.first_part[i]) text += '|';
      text += kTokenizer.decode(parts.ids[part]);
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("lines that are too long are split at sentence ends and counted", "[decoding]") {
  LineReport report;
  const auto parts = parts_of({"ab. c", "ab. cab. c"}, {.max_input_length = 5}, report);
  REQUIRE(parts == std::vector<std::string>{"ab. c", "ab.|cab.|c"});
  REQUIRE(report.lines == 2);
  REQUIRE(report.split == 1);
  REQUIRE(report.cropped == 0);
}

TEST_CASE("lines that are too long are cropped on request and counted", "[decoding]") {
  LineReport report;
  const TestingOptions options{.max_input_length = 5, .crop_long_input = true};
  REQUIRE(parts_of({"ab. cab. c"}, options, report) == std::vector<std::string>{"ab. ca"});
  REQUIRE(report.cropped == 1);
  REQUIRE(report.split == 0);
}

TEST_CASE("empty and blank lines have no part and are counted", "[decoding]") {
  LineReport report;
  REQUIRE(parts_of({"", "   ", "a"}, {}, report) == std::vector<std::string>{"", "", "a"});
  REQUIRE(report.empty == 2);
}

TEST_CASE("lines that are no UTF-8 are counted", "[decoding]") {
  LineReport report;
  parts_of({"a\xFFz", "a", "\xC3"}, {}, report);
  REQUIRE(report.invalid_utf8 == 2);
  REQUIRE(report.lines == 3);
}

TEST_CASE("a report says only what happened", "[decoding]") {
  REQUIRE(describe({.lines = 1}, 0.5) == "1 line in 0.5 s (2.0 lines/s)");
  REQUIRE(describe({.lines = 10, .empty = 2, .invalid_utf8 = 1, .split = 3}, 2.0) ==
          "10 lines in 2.0 s (5.0 lines/s); 2 empty, 1 with invalid UTF-8 replaced, "
          "3 too long and split");
}
