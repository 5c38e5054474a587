#include "app/decoding/explanation_format.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

Explanation small_explanation() {
  return {.method = ExplainMethod::integrated,
          .text = "not <bad>",
          .label = "good",
          .probability = 0.91,
          .logit = 1.5,
          .weights = {.words = {{"not", -0.25}, {"<bad>", 0.5}}, .rest = 0.125}};
}

}  // namespace

TEST_CASE("without colours each word has its weight in brackets", "[decoding]") {
  REQUIRE(format_explanation(small_explanation(), {}) ==
          "good\t0.9100\tnot[-0.250] <bad>[+0.500]\n");
}

TEST_CASE("colours say sign and strength", "[decoding]") {
  REQUIRE(format_explanation(small_explanation(), {.colours = true}) ==
          "good\t0.9100\t\x1b[38;5;16;48;5;216mnot\x1b[0m \x1b[38;5;16;48;5;39m<bad>\x1b[0m\n");
}

TEST_CASE("words without weight stay without colour", "[decoding]") {
  auto explanation = small_explanation();
  for (auto& word : explanation.weights.words) word.weight = 0;
  REQUIRE(format_explanation(explanation, {.colours = true}) == "good\t0.9100\tnot <bad>\n");
}

TEST_CASE("no command of a text reaches the terminal", "[decoding]") {
  auto explanation = small_explanation();
  explanation.weights.words = {{"\x1b[2Jx", 1.0}};
  REQUIRE(format_explanation(explanation, {}) == "good\t0.9100\t [2Jx[+1.000]\n");
}

TEST_CASE("an explanation as JSON holds all that is known", "[decoding]") {
  REQUIRE(format_explanation(small_explanation(), {.form = ExplanationForm::json}) ==
          R"({"text":"not <bad>","label":"good","probability":0.91,"method":"integrated",)"
          R"("logit":1.5,"words":[{"word":"not","weight":-0.25},{"word":"<bad>","weight":0.5}],)"
          R"("rest":0.125})"
          "\n");
}

TEST_CASE("a value's explanation has no label", "[decoding]") {
  auto explanation = small_explanation();
  explanation.label = "";
  REQUIRE(format_explanation(explanation, {}) == "0.9100\tnot[-0.250] <bad>[+0.500]\n");
  const auto json = format_explanation(explanation, {.form = ExplanationForm::json});
  REQUIRE(json.find(R"("text":"not <bad>","value":0.91,)") != std::string::npos);
}

TEST_CASE("on the page a word's line says its sign and the text is escaped", "[decoding]") {
  REQUIRE(format_explanation(small_explanation(), {.form = ExplanationForm::html}) ==
          "<div class=\"one\"><p><b>good</b>0.9100</p><p class=\"read\" dir=\"auto\">"
          "<span class=\"a\" style=\"--w:0.30\" title=\"-0.250\">not</span> "
          "<span class=\"f\" style=\"--w:0.60\" title=\"+0.500\">&lt;bad&gt;</span></p></div>\n");
}

TEST_CASE("the page stands alone, in light and dark", "[decoding]") {
  const ExplanationFormat format{.form = ExplanationForm::html};
  const std::string page = explanations_head(format) + explanations_foot(format);
  for (const char* part : {"<!doctype html>", "prefers-color-scheme:dark", "</html>"}) {
    CHECK(page.find(part) != std::string::npos);
  }
  for (const char* part : {"<script", "http", "src=", "url("}) {
    CHECK(page.find(part) == std::string::npos);
  }
}

TEST_CASE("a record that cannot be read has its line too", "[decoding]") {
  REQUIRE(format_unexplained("has 1 column", {}) == "\n");
  REQUIRE(format_unexplained("has 1 column", {.form = ExplanationForm::json}) ==
          "{\"label\":null,\"error\":\"has 1 column\"}\n");
}
