#include "app/decoding/finish_rule.h"

#include <limits>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a sentence goes on while a live hypothesis can still win", "[decoding]") {
  FinishRule rule({.max = 18}, {.beam_size = 2, .beam_alpha = 1.0});
  // Ends with length 1 and score -3; the live one may grow to 19 tokens, whose penalty is 4.
  REQUIRE_FALSE(rule.step(0, 0, std::vector<RowReport>{{0.0, -3.0, 0.0}}, -11.9));
  REQUIRE(rule.step(1, 0, std::vector<RowReport>{{-11.9, kNever, 0.0}}, -12.0));
  REQUIRE(rule.endings().size() == 1);
  REQUIRE(rule.endings()[0].score == Approx(-3.0));
}

TEST_CASE("without length normalisation a live hypothesis must be the likelier one", "[decoding]") {
  FinishRule rule({.max = 18}, {.beam_size = 2, .beam_alpha = 0.0});
  REQUIRE_FALSE(rule.step(0, 0, std::vector<RowReport>{{0.0, -3.0, 0.0}}, -2.9));
  REQUIRE(rule.step(1, 0, std::vector<RowReport>{{-2.9, kNever, 0.0}}, -3.0));
}

TEST_CASE("a beam of one stops at its first ending", "[decoding]") {
  FinishRule rule({.max = 18}, {.beam_size = 1});
  REQUIRE(rule.step(0, 0, std::vector<RowReport>{{0.0, -0.9, 0.0}}, -1.0));
}

TEST_CASE("a sentence is done when as many hypotheses have ended as the beam is wide",
          "[decoding]") {
  FinishRule rule({.max = 18}, {.beam_size = 2, .beam_alpha = 1.0});
  REQUIRE_FALSE(rule.step(0, 0, std::vector<RowReport>{{0.0, -3.0, 0.0}}, -0.1));
  REQUIRE(rule.step(1, 0, std::vector<RowReport>{{-0.1, -9.0, 0.0}}, -0.2));
  REQUIRE(rule.endings()[0].score == Approx(-3.0));
}

TEST_CASE("the n best are kept best first, the earlier one among equals", "[decoding]") {
  FinishRule rule({.max = 4}, {.beam_size = 3, .beam_alpha = 0.0, .n_best = 2});
  rule.step(0, 0, std::vector<RowReport>{{0.0, -4.0, 0.0}}, -0.1);
  rule.step(1, 10, std::vector<RowReport>{{-1.0, -3.0, 0.0}, {-0.5, -0.5, 0.0}}, -0.1);
  REQUIRE(rule.endings().size() == 2);
  REQUIRE(rule.endings()[0].row == 11);
  REQUIRE(rule.endings()[0].score == Approx(-1.0));
  REQUIRE(rule.endings()[1].step == 0);
}

TEST_CASE("at the length limit unfinished hypotheses fill what is free", "[decoding]") {
  FinishRule rule({.max = 1}, {.beam_size = 3, .beam_alpha = 0.0, .n_best = 2});
  REQUIRE_FALSE(rule.step(0, 0, std::vector<RowReport>{{0.0, kNever, 0.0}}, -0.1));
  REQUIRE(rule.step(1, 0, std::vector<RowReport>{{-0.1, kNever, 0.0}, {-0.2, -0.3, 0.0}}, -0.4));
  REQUIRE(rule.endings().size() == 2);
  REQUIRE(rule.endings()[0].cut);
  REQUIRE(rule.endings()[0].row == 0);
  REQUIRE_FALSE(rule.endings()[1].cut);
  REQUIRE(rule.endings()[1].row == 1);
}

TEST_CASE("the coverage penalty is added to the normalised log-probability", "[decoding]") {
  FinishRule rule({.max = 10}, {.beam_size = 1, .beam_alpha = 1.0});
  rule.step(6, 0, std::vector<RowReport>{{-3.0, -1.0, -0.25}}, kNever);
  REQUIRE(rule.endings()[0].score == Approx(-4.0 / 2.0 - 0.25));
}

TEST_CASE("there is an answer even when every continuation is ruled out", "[decoding]") {
  FinishRule rule({.max = 10}, {.beam_size = 2});
  REQUIRE(rule.step(0, 0, std::vector<RowReport>{{0.0, kNever, 0.0}}, kNever));
  REQUIRE(rule.endings().size() == 1);
  REQUIRE(rule.endings()[0].cut);
}
