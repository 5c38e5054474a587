#include "app/experiments/sweep_journal.h"

#include <cmath>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

Sweep small_sweep() {
  const std::vector<std::string> keys{"a=1,2,3"};
  return {.name = "demo",
          .space = parse_space(keys),
          .search = SearchKind::asha,
          .rungs = {{Duration::Unit::epochs, 1}, {Duration::Unit::epochs, 3}},
          .values = {{"1"}, {"2"}, {"3"}}};
}

struct Journal {
  TemporaryFolder folder{};
  std::filesystem::path path = folder / "trials.jsonl";

  std::vector<TrialResult> reopened(const Sweep& sweep, uint64_t seed = 1) const {
    return SweepJournal(path, sweep, journal_header(sweep, seed, 3)).earlier();
  }
};

TEST_CASE("a journal gives back every result in its order", "[experiments]") {
  const Journal at;
  const Sweep sweep = small_sweep();
  {
    SweepJournal journal(at.path, sweep, journal_header(sweep, 1, 3));
    CHECK(journal.earlier().empty());
    journal.add(sweep, {.trial = 2, .rung = 0, .best = 5.5, .best_update = 7, .updates = 9});
    journal.add(sweep, {.trial = 0, .rung = 0});
    journal.add(sweep, {.trial = 2, .rung = 1, .best = 6, .epochs = 3, .seconds = 8.5});
  }
  const auto results = at.reopened(sweep);
  REQUIRE(results.size() == 3);
  CHECK(results[0].trial == 2);
  CHECK(results[0].best == 5.5);
  CHECK(results[0].updates == 9);
  CHECK(std::isnan(results[1].best));
  CHECK(results[2].rung == 1);
  CHECK(results[2].seconds == 8.5);
}

TEST_CASE("a line that is not whole and a failure are left out, and the file is clean again",
          "[experiments]") {
  const Journal at;
  const Sweep sweep = small_sweep();
  {
    SweepJournal journal(at.path, sweep, journal_header(sweep, 1, 3));
    journal.add(sweep, {.trial = 0, .best = 1});
    journal.add(sweep, {.trial = 1, .error = "disk full"});
  }
  std::ofstream(at.path, std::ios::app) << R"({"trial":2,"rung":0,"be)";
  CHECK(at.reopened(sweep).size() == 1);
  const std::string file = read_bytes(at.path);
  CHECK(std::count(file.begin(), file.end(), '\n') == 2);
  CHECK(file.back() == '\n');
}

TEST_CASE("a journal of another search is refused, naming what differs", "[experiments]") {
  const Journal at;
  const Sweep sweep = small_sweep();
  at.reopened(sweep, 1);
  CHECK_THAT(message_of<ConfigError>([&] { at.reopened(sweep, 2); }),
             ContainsSubstring("seed was 1, now 2"));
  Sweep other = sweep;
  other.rungs.pop_back();
  CHECK_THAT(message_of<ConfigError>([&] { at.reopened(other); }), ContainsSubstring("rungs was"));
}

TEST_CASE("fewer trials than have results are refused, more are welcome", "[experiments]") {
  const Journal at;
  Sweep sweep = small_sweep();
  SweepJournal(at.path, sweep, journal_header(sweep, 1, 3)).add(sweep, {.trial = 2, .best = 1});
  sweep.values.push_back({"1"});
  CHECK(at.reopened(sweep).size() == 1);
  sweep.values.resize(2);
  CHECK_THAT(message_of<ConfigError>([&] { at.reopened(sweep); }),
             ContainsSubstring("give --trials 3 or more"));
}

}  // namespace
}  // namespace rondo
