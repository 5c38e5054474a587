#include "app/export/comparison.h"

#include <cmath>

#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

const std::vector<std::string> kFiveLines = {"a", "b", "c", "d", "e"};

// Answers each line with itself and the score 1, but for `odd`, which gets another answer.
Answerer echo(const std::string& odd = "", const Answer& other = {}) {
  return [=](std::span<const std::string> lines) {
    std::vector<Answer> answers;
    for (const auto& line : lines) answers.push_back(line == odd ? other : Answer{line, 1.0});
    return answers;
  };
}

}  // namespace

TEST_CASE("equal answers have no difference", "[export]") {
  const auto found = compare_answers(echo(), echo(), kFiveLines, 2);
  REQUIRE(found.lines == 5);
  REQUIRE(found.failing == 0);
  REQUIRE(found.greatest_difference == 0);
}

TEST_CASE("another text is counted and shown with its line", "[export]") {
  const auto found = compare_answers(echo(), echo("c", {"x", 7.0}), kFiveLines, 2);
  REQUIRE(found.different_texts == 1);
  REQUIRE(found.failing == 1);
  REQUIRE(found.greatest_difference == 0);  // of scores of the same text
  REQUIRE(found.first_failing[0].line == 3);
  REQUIRE_THAT(to_text(found), ContainsSubstring("line 3\n  rondo     1.000000  c\n"));
}

TEST_CASE("a score that is far off fails, one that is near does not", "[export]") {
  REQUIRE(compare_answers(echo(), echo("b", {"b", 1.00005}), kFiveLines, 9).failing == 0);
  const auto far = compare_answers(echo(), echo("b", {"b", 1.5}), kFiveLines, 9);
  REQUIRE(far.failing == 1);
  REQUIRE(far.different_texts == 0);
  REQUIRE(far.greatest_difference == Approx(0.5));
  REQUIRE(compare_answers(echo(), echo("b", {"b", NAN}), kFiveLines, 9).failing == 1);
}

TEST_CASE("blocks are answered in turns, each by both", "[export]") {
  std::string order;
  const auto noting = [&](char name) {
    return [&order, name](std::span<const std::string> lines) {
      order += name;
      return echo()(lines);
    };
  };
  compare_answers(noting('r'), noting('x'), kFiveLines, 2);
  REQUIRE(order == "rxxrrx");
}

TEST_CASE("at most three failing lines are shown", "[export]") {
  const Answerer nothing = [](std::span<const std::string> lines) {
    return std::vector<Answer>(lines.size());
  };
  const auto found = compare_answers(echo(), nothing, kFiveLines, 5);
  REQUIRE(found.failing == 5);
  REQUIRE(found.first_failing.size() == 3);
}
