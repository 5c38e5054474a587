#include "app/bench/summary.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

Measurement speed(const std::string& cell, int round, double value) {
  return {.cell = cell, .round = round, .values = {{"speed", value}}};
}

TEST_CASE("the middle of an even number of rounds lies between the two in the middle", "[bench]") {
  const Middle middle = spread_of({4, 1, 2, 10});
  CHECK(middle.low == 1);
  CHECK(middle.median == 3);
  CHECK(middle.high == 10);
  CHECK(std::isnan(spread_of({}).median));
  CHECK(spread_of({NAN, 5}).median == 5);
}

// The machine is at half its speed in round 1: the ratio does not see it.
TEST_CASE("a ratio is taken within each round", "[bench]") {
  const Summary summary({speed("a", 0, 30), speed("b", 0, 10), speed("a", 1, 15), speed("b", 1, 5),
                         speed("a", 2, 28)});
  const Middle ratio = summary.ratio("a", {"b"}, "speed");
  CHECK(ratio.low == 3);
  CHECK(ratio.high == 3);
  CHECK(summary.rounds("a") == 3);
}

TEST_CASE("a ratio to several is to the best of them, and those not measured do not count",
          "[bench]") {
  const Summary summary({speed("a", 0, 30), speed("b", 0, 10), speed("c", 0, 15)});
  CHECK(summary.ratio("a", {"b", "c", "absent"}, "speed").median == 2);
  CHECK(std::isnan(summary.ratio("a", {"absent"}, "speed").median));
  CHECK(std::isnan(summary.ratio("absent", {"a"}, "speed").median));
}

TEST_CASE("of two measurements of one round the later counts", "[bench]") {
  const Summary summary({speed("a", 0, 1), speed("a", 0, 2)});
  CHECK(summary.value("a", "speed").median == 2);
  CHECK(summary.rounds("a") == 1);
}

TEST_CASE("what was tried in vain says why, unless another round succeeded", "[bench]") {
  const Measurement failed{.cell = "a", .round = 0, .missing = "not installed"};
  CHECK(Summary({failed}).missing("a") == "not installed");
  CHECK(Summary({failed}).has("a"));
  CHECK(Summary({failed, speed("a", 1, 3)}).missing("a").empty());
  CHECK(Summary({failed}).missing("b").empty());
}

}  // namespace
}  // namespace rondo
