#include "app/decoding/translation_stream.h"

#include <sstream>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

// "Translates" by turning a line round, with made-up figures.
std::vector<std::vector<Translation>> reverse_lines(std::span<const std::string> lines) {
  std::vector<std::vector<Translation>> all;
  for (const auto& line : lines) {
    Translation best{.text = std::string(line.rbegin(), line.rend()),
                     .score = -0.5,
                     .log_prob = -1.5,
                     .source_pieces = {"▁a", "▁b", "</s>"},
                     .target_pieces = {"▁x", "</s>"},
                     .token_log_probs = {-1.0f, -0.5f},
                     .attention = {{0.25f, 0.75f, 0}, {0, 0, 1}}};
    Translation second{.text = "?", .score = -2, .log_prob = -4, .target_pieces = {"▁?", "</s>"}};
    all.push_back({best, second});
  }
  return all;
}

LineSource lines_of(const std::string& text) {
  return [in = std::make_shared<std::istringstream>(text)](std::string& line) {
    return static_cast<bool>(std::getline(*in, line));
  };
}

std::string streamed(const std::string& text, const TranslationFormat& format) {
  std::ostringstream out;
  run_stream(lines_of(text), {.translate = reverse_lines, .format = format}, out);
  return out.str();
}

}  // namespace

TEST_CASE("as many lines come out as go in, in order", "[decoding]") {
  REQUIRE(streamed("ab\n\ncd", {}) == "ba\n\ndc\n");
}

TEST_CASE("scores and alignments follow the text", "[decoding]") {
  REQUIRE(streamed("ab", {.scores = true, .alignments = AlignmentFormat::hard}) ==
          "ba ||| -0.5000 ||| 1-0\n");
  REQUIRE(streamed("ab", {.alignments = AlignmentFormat::soft}) ==
          "ba ||| 0.2500,0.7500,0.0000 0.0000,0.0000,1.0000\n");
}

TEST_CASE("n-best lists are Moses'", "[decoding]") {
  REQUIRE(streamed("ab\nc", {.n_best = true}) ==
          "0 ||| ba ||| logprob= -1.5000 tokens= 2 ||| -0.5000\n"
          "0 ||| ? ||| logprob= -4.0000 tokens= 2 ||| -2.0000\n"
          "1 ||| c ||| logprob= -1.5000 tokens= 2 ||| -0.5000\n"
          "1 ||| ? ||| logprob= -4.0000 tokens= 2 ||| -2.0000\n");
}

TEST_CASE("JSON holds all of a translation, one line of input a line", "[decoding]") {
  const auto json = streamed("a\"b", {.json = true});
  REQUIRE(json == R"({"line":0,"translations":[{"text":"b\"a","score":-0.5,"log_prob":-1.5,)"
                  R"("source_pieces":["▁a","▁b","</s>"],"target_pieces":["▁x","</s>"],)"
                  R"("token_log_probs":[-1.0,-0.5],"alignment":"1-0"},)"
                  R"({"text":"?","score":-2.0,"log_prob":-4.0,"source_pieces":[],)"
                  R"("target_pieces":["▁?","</s>"],"token_log_probs":[]}]})"
                  "\n");
}

TEST_CASE("soft alignments add the attention to JSON", "[decoding]") {
  const auto json = streamed("ab", {.json = true, .alignments = AlignmentFormat::soft});
  REQUIRE(json.find(R"("attention":[[0.25,0.75,0.0],[0.0,0.0,1.0]])") != std::string::npos);
}

TEST_CASE("the stream stops when nobody reads its output", "[decoding]") {
  std::ostringstream out;
  int64_t windows = 0;
  const auto translate = [&](std::span<const std::string> lines) {
    if (++windows == 2) out.setstate(std::ios::badbit);
    return reverse_lines(lines);
  };
  run_stream(lines_of("a\nb\nc\nd\ne\nf\ng\nh"),
             {.translate = translate, .window = {.first = 1, .most = 1}}, out);
  REQUIRE(windows == 2);
}
