#include "app/training/position.h"

#include "tests/support/catch.h"

using rondo::Duration;
using rondo::Position;
using rondo::Recurring;
using Unit = rondo::Duration::Unit;

TEST_CASE("progress is counted in the unit of the whole", "[training]") {
  const Position at{.updates = 250, .epochs = 1.5, .seconds = 30};
  CHECK(rondo::progress({Unit::epochs, 6}, at) == 0.25);
  CHECK(rondo::progress({Unit::updates, 1000}, at) == 0.25);
  CHECK(rondo::progress({Unit::seconds, 120}, at) == 0.25);
  CHECK(rondo::progress({Unit::none, 0}, at) == 0.0);
}

TEST_CASE("progress ends at exactly one", "[training]") {
  CHECK(rondo::progress({Unit::epochs, 0.3}, {.epochs = 0.1 + 0.1 + 0.1}) == 1.0);
  CHECK(rondo::progress({Unit::seconds, 60}, {.seconds = 61.5}) == 1.0);
}

TEST_CASE("a recurring event fires once an interval", "[training]") {
  Recurring each{{Unit::updates, 10}};
  CHECK_FALSE(each.due({.updates = 9}));
  CHECK(each.due({.updates = 10}));
  CHECK_FALSE(each.due({.updates = 11}));
  CHECK(each.due({.updates = 35}));
  CHECK_FALSE(each.due({.updates = 39}));
}

TEST_CASE("a recurring event goes on from where training was resumed", "[training]") {
  Recurring each{{Unit::epochs, 0.5}, {.epochs = 1.7}};
  CHECK_FALSE(each.due({.epochs = 1.9}));
  CHECK(each.due({.epochs = 2.0}));
}

TEST_CASE("a recurring event without a unit never fires", "[training]") {
  Recurring never{Duration{}};
  CHECK_FALSE(never.due({.updates = 1'000'000, .epochs = 1e6, .seconds = 1e6}));
}
