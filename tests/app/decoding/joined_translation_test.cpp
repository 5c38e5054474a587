#include "app/decoding/joined_translation.h"

#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

const LetterTokenizer kTokenizer;

Hypothesis hypothesis(std::string_view text, float log_prob) {
  Hypothesis made{.ids = kTokenizer.encode(text)};
  made.token_log_probs.assign(made.ids.size() + 1, log_prob);
  made.log_prob = log_prob * static_cast<double>(made.token_log_probs.size());
  made.score = log_prob;
  return made;
}

}  // namespace

TEST_CASE("the parts of a line are joined in their order", "[decoding]") {
  const auto first = kTokenizer.encode("a."), second = kTokenizer.encode("b");
  const std::vector<Hypothesis> of_first = {hypothesis("c.", -1)},
                                of_second = {hypothesis("a b", -2)};
  const std::vector<SearchedPart> parts = {{first, of_first}, {second, of_second}};
  const auto joined = join_parts(parts, kTokenizer, kTokenizer);
  REQUIRE(joined.size() == 1);
  REQUIRE(joined[0].text == "c. a b");
  REQUIRE(joined[0].log_prob == Approx(-3 - 6));
  REQUIRE(joined[0].score == Approx(-3));
  REQUIRE(joined[0].source_pieces == std::vector<std::string>{"▁a", ".", "</s>", "▁b", "</s>"});
  REQUIRE(joined[0].target_pieces ==
          std::vector<std::string>{"▁c", ".", "</s>", "▁a", "▁b", "</s>"});
  REQUIRE(joined[0].token_log_probs.size() == 6);
}

TEST_CASE("attention of joined parts stays within its part", "[decoding]") {
  const auto source = kTokenizer.encode("a");
  auto found = hypothesis("", -1);
  found.attention = {{0.25f, 0.75f}};
  const std::vector<Hypothesis> best = {found};
  const auto joined =
      join_parts(std::vector<SearchedPart>{{source, best}, {source, best}}, kTokenizer, kTokenizer);
  REQUIRE(joined[0].attention ==
          std::vector<std::vector<float>>{{0.25f, 0.75f, 0, 0}, {0, 0, 0.25f, 0.75f}});
}

TEST_CASE("a part with fewer hypotheses lends its last", "[decoding]") {
  const auto source = kTokenizer.encode("a");
  const std::vector<Hypothesis> two = {hypothesis("a", -1), hypothesis("b", -2)};
  const std::vector<Hypothesis> one = {hypothesis("c", -1)};
  const auto joined =
      join_parts(std::vector<SearchedPart>{{source, two}, {source, one}}, kTokenizer, kTokenizer);
  REQUIRE(joined.size() == 2);
  REQUIRE(joined[0].text == "a c");
  REQUIRE(joined[1].text == "b c");
}

TEST_CASE("a line without parts has one empty translation", "[decoding]") {
  const auto joined = join_parts({}, kTokenizer, kTokenizer);
  REQUIRE(joined.size() == 1);
  REQUIRE(joined[0].text.empty());
  REQUIRE(joined[0].target_pieces.empty());
}

TEST_CASE("a translation cut at the length limit has no </s>, and none holds a line break",
          "[decoding]") {
  const auto source = kTokenizer.encode("a");
  Hypothesis cut{.ids = kTokenizer.encode("a\nb"), .token_log_probs = {-1, -1, -1}};
  const std::vector<Hypothesis> best = {cut};
  const auto joined = join_parts(std::vector<SearchedPart>{{source, best}}, kTokenizer, kTokenizer);
  REQUIRE(joined[0].target_pieces.back() == "b");
  REQUIRE(joined[0].text == "a b");
}
