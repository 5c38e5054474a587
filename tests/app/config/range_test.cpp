#include "app/config/range.h"

#include <limits>

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("a range holds its closed ends and not its open ones", "[config]") {
  CHECK(at_least(1).contains(1));
  CHECK_FALSE(at_least(1).contains(0.999));
  CHECK_FALSE(above(0).contains(0));
  CHECK(closed(0, 1).contains(1));
  CHECK(probability().contains(0));
  CHECK_FALSE(probability().contains(1));
  CHECK_FALSE(open(0, 1).contains(0));
  CHECK(any_value().contains(-1e300));
}

TEST_CASE("not a number lies in no range with ends", "[config]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(at_least(0).contains(nan));
  CHECK_FALSE(probability().contains(nan));
}

TEST_CASE("a range says itself as in a message", "[config]") {
  CHECK(at_least(1).text() == "at least 1");
  CHECK(above(0).text() == "above 0");
  CHECK(probability().text() == "in [0, 1)");
  CHECK(closed(0.98, 1).text() == "in [0.98, 1]");
  CHECK(open(0, 1).text() == "in (0, 1)");
  CHECK(any_value().text().empty());
}

}  // namespace rondo
