#include "app/experiments/asha.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

std::string text(const std::optional<RungTask>& task) {
  return task ? std::to_string(task->trial) + "@" + std::to_string(task->rung) : "none";
}

// Takes the next task and reports this score for it.
std::string run(Asha& asha, double score) {
  const auto task = asha.next();
  if (task) asha.report(*task, score);
  return text(task);
}

TEST_CASE("with one rung every trial runs once, in order", "[experiments]") {
  Asha asha({.rungs = 1, .trials = 3});
  CHECK(text(asha.next()) == "0@0");
  CHECK(text(asha.next()) == "1@0");
  asha.report({0, 0}, 1);
  CHECK(text(asha.next()) == "2@0");
  CHECK(text(asha.next()) == "none");
}

// Worked by hand: eta 3, three rungs, one worker. Scores at rung 0 by trial: 5 9 7 | 1 8 6 | 4 2 3.
TEST_CASE("one worker promotes as algorithm 2 does", "[experiments]") {
  Asha asha({.reduction = 3, .rungs = 3, .trials = 9});
  CHECK(run(asha, 5) == "0@0");
  CHECK(run(asha, 9) == "1@0");
  CHECK(run(asha, 7) == "2@0");
  CHECK(run(asha, 19) == "1@1");  // the best 1 of 3
  CHECK(run(asha, 1) == "3@0");   // 4 results: still the best 1, which went up
  CHECK(run(asha, 8) == "4@0");
  CHECK(run(asha, 6) == "5@0");
  CHECK(run(asha, 18) == "4@1");  // the best 2 of 6 are 1 and 4
  CHECK(run(asha, 4) == "6@0");
  CHECK(run(asha, 2) == "7@0");
  CHECK(run(asha, 3) == "8@0");
  CHECK(run(asha, 17) == "2@1");  // the best 3 of 9 are 1, 4 and 2
  CHECK(run(asha, 29) == "1@2");  // the best 1 of 3 at rung 1
  CHECK(text(asha.next()) == "none");
}

TEST_CASE("the highest rung that has a candidate comes first", "[experiments]") {
  Asha asha({.reduction = 2, .rungs = 3, .trials = 99});
  for (int64_t trial = 0; trial < 4; ++trial) asha.report({trial, 0}, static_cast<double>(trial));
  asha.report({3, 1}, 10);
  asha.report({2, 1}, 20);
  CHECK(text(asha.next()) == "2@2");  // the better of two at rung 1
  asha.report({4, 0}, 9);
  asha.report({5, 0}, 8);
  CHECK(text(asha.next()) == "4@1");  // the best 3 of 6 at rung 0 are 4, 5 and 3
  CHECK(text(asha.next()) == "5@1");
  CHECK(text(asha.next()) == "6@0");
}

TEST_CASE("a new trial begins where nobody may go up, so no worker waits", "[experiments]") {
  Asha asha({.reduction = 3, .rungs = 2, .trials = 4});
  for (const char* expected : {"0@0", "1@0", "2@0", "3@0", "none"}) {
    CHECK(text(asha.next()) == expected);
  }
  asha.report({2, 0}, 1);
  asha.report({0, 0}, 2);
  CHECK(text(asha.next()) == "none");  // two results: a third of them is none
  asha.report({3, 0}, 0);
  CHECK(text(asha.next()) == "0@1");
}

TEST_CASE("a trial that failed counts in its rung but never goes up", "[experiments]") {
  Asha asha({.reduction = 2, .rungs = 2, .trials = 2});
  asha.report({0, 0}, NAN);
  asha.report({1, 0}, -5);
  CHECK(text(asha.next()) == "1@1");
  Asha all_failed({.reduction = 2, .rungs = 2, .trials = 2});
  all_failed.report({0, 0}, NAN);
  all_failed.report({1, 0}, NAN);
  CHECK(text(all_failed.next()) == "none");
}

TEST_CASE("of equal scores the earlier trial goes up", "[experiments]") {
  Asha asha({.reduction = 2, .rungs = 2, .trials = 2});
  asha.report({1, 0}, 3);
  asha.report({0, 0}, 3);
  CHECK(text(asha.next()) == "0@1");
}

TEST_CASE("results of an earlier process are not run again, those without one are",
          "[experiments]") {
  Asha asha({.reduction = 3, .rungs = 2, .trials = 5});
  asha.report({0, 0}, 1);
  asha.report({2, 0}, 3);
  asha.report({3, 0}, 2);
  asha.report({2, 1}, 3);
  CHECK(text(asha.next()) == "1@0");  // it was running when the process died
  CHECK(text(asha.next()) == "4@0");
  CHECK(text(asha.next()) == "none");
}

TEST_CASE("rungs grow by the reduction and end with the whole", "[experiments]") {
  using Unit = Duration::Unit;
  const auto epochs = rung_resources({Unit::epochs, 20}, {Unit::epochs, 1}, 3);
  CHECK(epochs == std::vector<Duration>{
                      {Unit::epochs, 1}, {Unit::epochs, 3}, {Unit::epochs, 9}, {Unit::epochs, 20}});
  CHECK(rung_resources({Unit::epochs, 9}, {Unit::epochs, 1}, 3).size() == 3);
  const auto updates = rung_resources({Unit::updates, 100}, {Unit::updates, 11}, 2.5);
  CHECK(updates ==
        std::vector<Duration>{
            {Unit::updates, 11}, {Unit::updates, 28}, {Unit::updates, 69}, {Unit::updates, 100}});
}

}  // namespace
}  // namespace rondo
