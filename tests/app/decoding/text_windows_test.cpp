#include "app/decoding/text_windows.h"

#include "tests/support/catch.h"

using namespace rondo;

using Windows = std::vector<TextWindow>;

TEST_CASE("a text that is short enough is one window, be it empty", "[decoding]") {
  REQUIRE(text_windows(4, 4, 1) == Windows{{0, 4, 1.0}});
  REQUIRE(text_windows(0, 4, 1) == Windows{{0, 0, 1.0}});
}

TEST_CASE("windows overlap and count by the pieces they add", "[decoding]") {
  REQUIRE(text_windows(10, 4, 1) == Windows{{0, 4, 0.4}, {3, 7, 0.3}, {6, 10, 0.3}});
  REQUIRE(text_windows(8, 4, 0) == Windows{{0, 4, 0.5}, {4, 8, 0.5}});
  REQUIRE(text_windows(5, 4, 2) == Windows{{0, 4, 0.8}, {2, 5, 0.2}});
}

TEST_CASE("every piece is in a window and the shares sum to 1", "[decoding]") {
  for (int64_t pieces = 1; pieces < 60; ++pieces) {
    int64_t covered = 0;
    double shares = 0;
    for (const auto& window : text_windows(pieces, 7, 3)) {
      REQUIRE(window.begin <= covered);
      REQUIRE(window.end - window.begin <= 7);
      covered = window.end;
      shares += window.share;
    }
    REQUIRE(covered == pieces);
    REQUIRE(shares == Approx(1));
  }
}

TEST_CASE("an overlap as long as the windows still goes forward", "[decoding]") {
  REQUIRE(text_windows(5, 3, 9).size() == 3);
  REQUIRE(text_windows(3, 0, 0).size() == 3);
}
