#include "app/bench/goals.h"

#include <set>

#include "app/bench/cells.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

Summary speeds(double ours, double theirs) {
  return Summary({{.cell = "ours", .values = {{"tokens_per_second", ours}, {"share", 0.8}}},
                  {.cell = "theirs", .values = {{"tokens_per_second", theirs}}}});
}

TEST_CASE("a goal is met by the median ratio, and not by what was not measured", "[bench]") {
  const Goal goal{.what = "faster", .cell = "ours", .others = {"theirs"}, .at_least = 1.5};
  CHECK(to_text(judged(speeds(300, 200), {goal})[0]) ==
        "met           faster: 1.50 (1.50 to 1.50), goal 1.5");
  CHECK(judged(speeds(299, 200), {goal})[0].verdict == Verdict::missed);
  CHECK(to_text(judged(Summary({}), {goal})[0]) == "not measured  faster: goal 1.5");
}

TEST_CASE("a goal without others is of the value itself", "[bench]") {
  const Goal goal{.what = "share", .cell = "ours", .value = "share", .at_least = 0.75};
  CHECK(judged(speeds(1, 1), {goal})[0].verdict == Verdict::met);
}

TEST_CASE("every cell that a goal names is in the table", "[bench]") {
  std::set<std::string> names;
  for (const Cell& cell : table_cells({.models = "m"})) names.insert(cell.name());
  for (const Goal& goal : goals()) {
    INFO(goal.what);
    CHECK(names.count(goal.cell) == 1);
    for (const std::string& other : goal.others) {
      INFO(other);
      CHECK(names.count(other) == 1);
    }
  }
}

}  // namespace
}  // namespace rondo
