#include "app/config/duration.h"

#include "tests/support/catch.h"

namespace rondo {

using Unit = Duration::Unit;

TEST_CASE("a duration carries its unit", "[config]") {
  CHECK(parse_duration("5e") == Duration{Unit::epochs, 5});
  CHECK(parse_duration("0.25e") == Duration{Unit::epochs, 0.25});
  CHECK(parse_duration("500u") == Duration{Unit::updates, 500});
  CHECK(parse_duration("10ku") == Duration{Unit::updates, 10'000});
  CHECK(parse_duration("1.5ku") == Duration{Unit::updates, 1500});
  CHECK(parse_duration("90s") == Duration{Unit::seconds, 90});
  CHECK(parse_duration("10min") == Duration{Unit::seconds, 600});
  CHECK(parse_duration("1.5h") == Duration{Unit::seconds, 5400});
  CHECK(parse_duration("none") == Duration{});
}

TEST_CASE("what is no duration is refused", "[config]") {
  for (const char* text : {"", "5", "e", "5x", "5 e", " 5e", "5e ", "-5e", "+5e", "0e", "0min",
                           "1.5u", "0.0001ku", "1e5u", "nane", "infs", "5E", "1.2.3e", "5min5s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("a duration is written with the largest unit that divides it", "[config]") {
  CHECK(to_string(Duration{Unit::epochs, 5}) == "5e");
  CHECK(to_string(Duration{Unit::epochs, 0.1}) == "0.1e");
  CHECK(to_string(Duration{Unit::updates, 1500}) == "1500u");
  CHECK(to_string(Duration{Unit::updates, 20'000}) == "20ku");
  CHECK(to_string(Duration{Unit::seconds, 540}) == "9min");
  CHECK(to_string(Duration{Unit::seconds, 7200}) == "2h");
  CHECK(to_string(Duration{Unit::seconds, 0.5}) == "0.5s");
  CHECK(to_string(Duration{}) == "none");
}

TEST_CASE("a duration written and read is the same", "[config]") {
  for (const double value : {1.0, 7.0, 59.0, 60.0, 3599.0, 3600.0, 1e6, 123456789.0}) {
    for (const Unit unit : {Unit::epochs, Unit::updates, Unit::seconds}) {
      const Duration duration{unit, value};
      CAPTURE(to_string(duration));
      CHECK(parse_duration(to_string(duration)) == duration);
    }
  }
  const Duration third{Unit::epochs, 1.0 / 3};
  CHECK(parse_duration(to_string(third)) == third);
}

}  // namespace rondo
