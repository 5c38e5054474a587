#include "app/decoding/long_input.h"

#include "tests/support/catch.h"

using namespace rondo;

using Pieces = std::vector<std::string>;
using Ends = std::vector<size_t>;

TEST_CASE("a line that is short enough is one part", "[decoding]") {
  REQUIRE(split_points(Pieces{"▁a", "▁b", "."}, 3) == Ends{3});
}

TEST_CASE("a long line is cut at the last sentence end that fits", "[decoding]") {
  const Pieces pieces = {"▁a", ".", "▁b", "!", "▁c", "▁d", "▁e", "."};
  REQUIRE(split_points(pieces, 5) == Ends{4, 8});
}

TEST_CASE("a full stop inside a word ends no sentence", "[decoding]") {
  const Pieces pieces = {"▁3", ".", "5", "▁b", "▁c"};
  REQUIRE(split_points(pieces, 4) == Ends{4, 5});
}

TEST_CASE("a quotation's end belongs to its sentence", "[decoding]") {
  const Pieces pieces = {"▁\"", "a", ".\"", "▁b", "▁c"};
  REQUIRE(split_points(pieces, 4) == Ends{3, 5});
}

TEST_CASE("sentences of scripts without spaces end at their own full stop", "[decoding]") {
  const Pieces pieces = {"▁犬", "。", "猫", "が", "。"};
  REQUIRE(split_points(pieces, 4) == Ends{2, 5});
}

TEST_CASE("without a sentence end a comma will do, then a space, then anything", "[decoding]") {
  REQUIRE(split_points(Pieces{"▁a", ",", "▁b", "▁c", "▁d"}, 4) == Ends{2, 5});
  REQUIRE(split_points(Pieces{"▁a", "▁b", "▁c", "d", "e"}, 4) == Ends{2, 5});
  REQUIRE(split_points(Pieces{"▁a", "b", "c", "d", "e"}, 2) == Ends{2, 4, 5});
}
