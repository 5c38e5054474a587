#include "app/metrics/text_table.h"

#include <limits>

#include "tests/support/catch.h"

using namespace rondo;

TEST_CASE("a table sets its first column left and the others right", "[metrics]") {
  CHECK(text_table({{"name", "value"}, {"a", "1"}, {"longer", "20"}}) ==
        "name    value\n"
        "a           1\n"
        "longer     20\n");
}

TEST_CASE("columns are as wide as their characters, not as their bytes", "[metrics]") {
  CHECK(text_table({{"größe", "ü"}, {"weight", "1"}}) ==
        "größe   ü\n"
        "weight  1\n");
}

TEST_CASE("a number that is none is a dash", "[metrics]") {
  CHECK(fixed_digits(0.12345) == "0.1235");
  CHECK(fixed_digits(2, 0) == "2");
  CHECK(fixed_digits(std::numeric_limits<double>::quiet_NaN()) == "-");
}
