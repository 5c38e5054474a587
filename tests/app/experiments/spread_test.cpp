#include "app/experiments/spread.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

TEST_CASE("a spread is that of a sample, of the values that are numbers", "[experiments]") {
  const Spread spread = spread_of({1, 2, NAN, 3});
  CHECK(spread.count == 3);
  CHECK(spread.mean == 2);
  CHECK(spread.deviation == 1);
}

TEST_CASE("one value has no deviation, and none has no mean", "[experiments]") {
  CHECK(std::isnan(spread_of({4}).deviation));
  CHECK(spread_of({4}).mean == 4);
  CHECK(std::isnan(spread_of({}).mean));
}

TEST_CASE("groups share one deviation, each weighted by its freedom", "[experiments]") {
  const PooledDeviation pooled =
      pooled_deviation({spread_of({1, 3}), spread_of({5, 5, 5}), spread_of({9})});
  CHECK(pooled.freedom == 3);
  CHECK(pooled.value == Approx(std::sqrt(2.0 / 3)));
  CHECK(std::isnan(pooled_deviation({spread_of({1}), spread_of({2})}).value));
}

TEST_CASE("Student's t agrees with the printed tables", "[experiments]") {
  CHECK(student_t(1) == 12.706);
  CHECK(student_t(10) == 2.228);
  CHECK(student_t(30) == 2.042);
  CHECK(student_t(31) == Approx(2.0395).margin(0.0002));
  CHECK(student_t(60) == Approx(2.0003).margin(0.0002));
  CHECK(student_t(100000) == Approx(1.9600).margin(0.0002));
}

TEST_CASE("what chance alone makes of a difference, worked by hand", "[experiments]") {
  // t of 4 degrees of freedom 2.776, deviation 0.3, two means of 3 each.
  CHECK(chance_difference({.value = 0.3, .freedom = 4}, 3, 3) ==
        Approx(2.776 * 0.3 * std::sqrt(2.0 / 3)));
  CHECK(std::isnan(chance_difference({}, 3, 3)));
}

}  // namespace
}  // namespace rondo
