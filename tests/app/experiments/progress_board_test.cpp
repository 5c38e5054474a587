#include "app/experiments/progress_board.h"

#include <sstream>

#include "tests/support/catch.h"

namespace rondo {
namespace {

TEST_CASE("without a terminal only what is said is written", "[experiments]") {
  std::ostringstream out;
  {
    ProgressBoard board(out, 0);
    board.draw({"one", "two"});
    board.say("done");
  }
  CHECK(out.str() == "done\n");
}

TEST_CASE("on a terminal lines are drawn again in place, below what is said", "[experiments]") {
  std::ostringstream out;
  ProgressBoard board(out, 80);
  board.draw({"one", "two"});
  board.say("done");
  CHECK(out.str() == "one\ntwo\n\033[2A\033[Jdone\none\ntwo\n");
}

TEST_CASE("a line is cut so that it does not wrap", "[experiments]") {
  std::ostringstream out;
  ProgressBoard board(out, 3);
  board.draw({"abcdef"});
  CHECK(out.str() == "abc\n");
}

TEST_CASE("the board leaves nothing behind", "[experiments]") {
  std::ostringstream out;
  {
    ProgressBoard board(out, 80);
    board.draw({"one"});
    board.draw({});
    board.draw({"two"});
  }
  CHECK(out.str() == "one\n\033[1A\033[Jtwo\n\033[1A\033[J");
}

}  // namespace
}  // namespace rondo
