#include "app/decoding/penalties.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace rondo;

TEST_CASE("the length penalty is ((5 + length) / 6)^alpha", "[decoding]") {
  REQUIRE(length_penalty(1, 0.7) == Approx(1.0));
  REQUIRE(length_penalty(7, 1.0) == Approx(2.0));
  REQUIRE(length_penalty(7, 2.0) == Approx(4.0));
  REQUIRE(length_penalty(19, 0.5) == Approx(2.0));
  REQUIRE(length_penalty(1000, 0.0) == 1.0);
}

TEST_CASE("the best reachable score is that of the longest hypothesis", "[decoding]") {
  REQUIRE(best_reachable_score(-8.0, 1, 19, 1.0) == Approx(-2.0));
  REQUIRE(best_reachable_score(-8.0, 1, 19, 0.0) == Approx(-8.0));
}

TEST_CASE("with a negative alpha the best reachable score is that of the shortest", "[decoding]") {
  REQUIRE(best_reachable_score(-8.0, 1, 7, -1.0) == Approx(-8.0));
  REQUIRE(best_reachable_score(-8.0, 7, 19, -1.0) == Approx(-16.0));
}

TEST_CASE("length limits are ratios of the source, the upper one with room for ten more",
          "[decoding]") {
  const SearchOptions options{.min_length_ratio = 0.5, .max_length_ratio = 1.5};
  const auto limits = length_limits(7, options);
  REQUIRE(limits.min == 4);
  REQUIRE(limits.max == 20);
}

TEST_CASE("the minimum length never exceeds the maximum", "[decoding]") {
  const SearchOptions options{.min_length_ratio = 4.0, .max_length_ratio = 1.0};
  const auto limits = length_limits(100, options);
  REQUIRE(limits.max == 110);
  REQUIRE(limits.min == 110);
}
