#include "app/experiments/sweep.h"

#include <sstream>

#include "app/config/duration.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "tests/app/experiments/fake_training.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Texts = std::vector<std::string>;

SweepRequest request(const FakeTraining& fake, const std::string& rates,
                     SearchKind search = SearchKind::grid) {
  const Texts keys{"training.learning_rate=" + rates};
  return {.base = {.program = fake.program().string(), .config = fake.config()},
          .space = parse_space(keys),
          .search = search,
          .trials = 9,
          .min_resource = {Duration::Unit::epochs, 1},
          .folder = fake.output()};
}

// What it said.
std::string run(const SweepRequest& request) {
  std::ostringstream messages;
  run_sweep(request, plan_sweep(request), messages);
  return messages.str();
}

TEST_CASE("a grid trains every combination, and writes the best as an experiment",
          "[experiments]") {
  const FakeTraining fake;
  const std::string said = run(request(fake, "0.01,0.03,0.02"));
  CHECK_THAT(said, ContainsSubstring("trial 1 (learning_rate=0.03) to 9e: BLEU 30.00\n"));
  const Experiment best = load_experiment(fake.output() / "best.yaml");
  CHECK(best.training.learning_rate == 0.03);
  CHECK(best.training.num_threads == 1);
  CHECK(best.model_dir == fake.output() / "best");
  for (const char* file : {"sweep.html", "sweep.tsv", "trials.jsonl"}) {
    CHECK(std::filesystem::exists(fake.output() / file));
  }
}

// Nine rates in a shuffled order; of nine, three see 3e and one 9e at the least.
TEST_CASE("successive halving trains the best further, from where they were", "[experiments]") {
  const FakeTraining fake;
  const std::string rates = "0.001,0.002,0.003,0.004,0.005,0.006,0.007,0.008,0.009";
  const SweepRequest asha = request(fake, rates, SearchKind::asha);
  std::ostringstream messages;
  const Sweep done = run_sweep(asha, plan_sweep(asha), messages);
  CHECK(done.results.size() == 9);
  const TrialResult best = ranked(done).front();
  CHECK(best.best == Approx(9));
  CHECK(best.rung == 2);
  const auto folder = trial_folder(done, best.trial);
  const std::string calls = read_bytes(folder / "calls.txt");
  CHECK_THAT(calls, ContainsSubstring("--until 1e\n"));
  CHECK_THAT(calls, ContainsSubstring("--until 3e\n"));
  CHECK_THAT(calls, ContainsSubstring("--resume\n"));
  CHECK(fake.calls(folder.filename()) == 3);
}

TEST_CASE("a second call runs nothing again, and tries failures once more", "[experiments]") {
  const FakeTraining fake;
  const SweepRequest grid = request(fake, "0.01,0.5");
  CHECK_THAT(run(grid), ContainsSubstring("trial 1 (learning_rate=0.5) failed: the loss"));
  CHECK_THAT(run(grid), ContainsSubstring("going on after 1 result\n"));
  CHECK(fake.calls("trial-000") == 1);
  CHECK(fake.calls("trial-001") == 2);
}

TEST_CASE("a sweep that was killed goes on as if it had not been", "[experiments]") {
  const FakeTraining whole, killed;
  const std::string rates = "log:0.001..0.009";
  run(request(whole, rates, SearchKind::asha));
  // Stops after four results, as a kill between two of them would.
  SweepRequest cut = request(killed, rates, SearchKind::asha);
  const auto journal = killed.output() / "trials.jsonl";
  const auto lines = [&] {
    const std::string text = read_bytes(journal);
    return std::count(text.begin(), text.end(), '\n');
  };
  cut.stop_requested = [&] { return lines() >= 5; };
  CHECK_THROWS_AS(run(cut), Interrupted);
  CHECK(lines() == 5);
  run(request(killed, rates, SearchKind::asha));
  CHECK(read_bytes(journal) == read_bytes(whole.output() / "trials.jsonl"));
}

TEST_CASE("a trial that was trained but not noted is noted, not trained again", "[experiments]") {
  const FakeTraining fake;
  const SweepRequest grid = request(fake, "0.01,0.02");
  run(grid);
  std::filesystem::remove(fake.output() / "trials.jsonl");
  run(grid);
  CHECK(fake.calls("trial-000") == 1);
  const std::string journal = read_bytes(fake.output() / "trials.jsonl");
  CHECK(std::count(journal.begin(), journal.end(), '\n') == 3);
}

TEST_CASE("several workers find the same best", "[experiments]") {
  const FakeTraining fake;
  SweepRequest grid = request(fake, "0.01,0.04,0.02,0.03");
  grid.workers = 3;
  run(grid);
  CHECK(load_experiment(fake.output() / "best.yaml").training.learning_rate == 0.04);
}

TEST_CASE("no result at all leaves no best experiment", "[experiments]") {
  const FakeTraining fake;
  std::ostringstream messages;
  const SweepRequest grid = request(fake, "0.5,0.25");
  const Sweep done = run_sweep(grid, plan_sweep(grid), messages);
  CHECK_FALSE(has_best(done));
  CHECK(conclusion_of(done) == "No trial has a result.");
  CHECK_FALSE(std::filesystem::exists(fake.output() / "best.yaml"));
}

TEST_CASE("every trial is checked before anything starts", "[experiments]") {
  const FakeTraining fake;
  CHECK_THROWS_AS(plan_sweep(request(fake, "0.1,-1")), ConfigError);
  CHECK_FALSE(std::filesystem::exists(fake.output()));
}

TEST_CASE("the first rung must hold a validation and fit the whole", "[experiments]") {
  const FakeTraining fake;
  const auto error = [&](const Duration& min) {
    SweepRequest asha = request(fake, "lin:0.1..0.2", SearchKind::asha);
    asha.min_resource = min;
    return message_of<ConfigError>([&] { plan_sweep(asha); });
  };
  CHECK_THAT(error({Duration::Unit::epochs, 0.5}), ContainsSubstring("before their first valid"));
  CHECK_THAT(error({Duration::Unit::epochs, 9}), ContainsSubstring("less than training.duration"));
  CHECK_THAT(error({Duration::Unit::updates, 9}), ContainsSubstring("in its unit"));
  CHECK(error({}).empty());
}

TEST_CASE("the first rung is a ninth of the whole, up to a validation, if not given",
          "[experiments]") {
  const FakeTraining fake;
  SweepRequest asha = request(fake, "lin:0.1..0.2", SearchKind::asha);
  asha.min_resource = {};
  const auto rungs = [&](const std::string& duration, const std::string& validation) {
    asha.base.settings = {"training.duration=" + duration,
                          "training.validation_freq=" + validation};
    std::string text;
    for (const Duration& rung : plan_sweep(asha).rungs) text += to_string(rung) + " ";
    return text;
  };
  CHECK(rungs("9e", "1e") == "1e 3e 9e ");
  CHECK(rungs("20e", "2e") == "4e 12e 20e ");
  CHECK(rungs("1000u", "1e") == "112u 336u 1ku ");
}

TEST_CASE("the plan says how much training the search saves", "[experiments]") {
  const FakeTraining fake;
  const SweepRequest asha = request(fake, "lin:0.1..0.2", SearchKind::asha);
  const std::string text = describe(plan_sweep(asha), asha);
  // 9 trials x 1e, 3 x 2e more, 1 x 6e more.
  CHECK_THAT(text, ContainsSubstring("9 trials, asha, 9 to 1e, 3 to 3e, 1 to 9e: about 21e of"));
  CHECK_THAT(text, ContainsSubstring("\ntrial 8  learning_rate=0.1"));
  CHECK_THAT(text, !ContainsSubstring("none may reach"));
  SweepRequest few = asha;
  few.trials = 8;
  CHECK_THAT(describe(plan_sweep(few), few), ContainsSubstring("none may reach the whole"));
}

TEST_CASE("a sweep lies beside the run of its experiment", "[experiments]") {
  const FakeTraining fake;
  SweepRequest grid = request(fake, "0.1");
  grid.folder.clear();
  CHECK(plan_sweep(grid).folder == "runs/demo-sweep");
}

}  // namespace
}  // namespace rondo
