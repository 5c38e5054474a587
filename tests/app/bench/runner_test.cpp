#include "app/bench/runner.h"

#include "app/bench/cells.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// Systems that are shell scripts: called as SCRIPT CELL OUTCOME, they note each call.
struct Bench {
  TemporaryFolder folder{};
  std::vector<std::string> said{};

  void script(const std::string& system, const std::string& body) const {
    std::ofstream(folder / (system + ".py"))
        << "echo " << system << " >> " << (folder / "calls").string() << "\n"
        << body << "\n";
  }
  BenchRun run(int rounds) {
    return {.program = "/bin/false",
            .python = "/bin/sh",
            .scripts = folder.path(),
            .folder = folder / "out",
            .rounds = rounds,
            .say = [this](const std::string& line) { said.push_back(line); }};
  }
  std::string calls() const { return read_bytes(folder / "calls"); }
};

Cell cell_of(const std::string& system, const std::string& kind = "training") {
  return {"training", "row", system, "", {.kind = kind}};
}

constexpr const char* kSpeed = "echo '{\"values\": {\"tokens_per_second\": 7}}' > $2";

TEST_CASE("rounds alternate between the systems", "[bench]") {
  Bench bench;
  bench.script("a", kSpeed);
  bench.script("b", kSpeed);
  const std::vector<Cell> cells{cell_of("a"), cell_of("b")};
  const auto measured = run_cells(bench.run(3), cells);
  CHECK(bench.calls() == "a\nb\na\nb\na\nb\n");
  REQUIRE(measured.size() == 6);
  CHECK(measured[3].cell == "training/row/b");
  CHECK(measured[3].round == 1);
  CHECK(measured[3].values.at("tokens_per_second") == 7);
  CHECK(measured[3].values.count("process_seconds") == 1);
}

TEST_CASE("what is measured is not measured again, unless its settings are others", "[bench]") {
  Bench bench;
  bench.script("a", kSpeed);
  std::vector<Cell> cells{cell_of("a")};
  run_cells(bench.run(1), cells);
  CHECK(run_cells(bench.run(2), cells).size() == 2);
  CHECK(bench.calls() == "a\na\n");
  cells[0].settings.updates = 99;
  CHECK(run_cells(bench.run(1), cells).size() == 1);
  CHECK(bench.calls() == "a\na\na\n");
}

TEST_CASE("a system that is not there is tried once and said", "[bench]") {
  Bench bench;
  bench.script("absent", "echo '{\"missing\": \"no such package\"}' > $2");
  bench.script("b", kSpeed);
  const std::vector<Cell> cells{cell_of("absent"), cell_of("b")};
  run_cells(bench.run(2), cells);
  CHECK(bench.calls() == "absent\nb\nb\n");
  CHECK(bench.said.front() == "round 1, training/row/absent: no result: no such package");
}

TEST_CASE("a system that fails has no result, whatever it wrote", "[bench]") {
  Bench bench;
  bench.script("a", std::string(kSpeed) + "; exit 3");
  const std::vector<Cell> cells{cell_of("a")};
  const auto measured = run_cells(bench.run(1), cells);
  CHECK(measured[0].values.empty());
  CHECK(measured[0].missing.starts_with("ended with status 3; see "));
}

TEST_CASE("without their Python only Rondo is measured", "[bench]") {
  Bench bench;
  bench.script("a", kSpeed);
  BenchRun run = bench.run(1);
  run.python.clear();
  const std::vector<Cell> cells{cell_of("a"), cell_of("rondo")};
  const auto measured = run_cells(run, cells);
  REQUIRE(measured.size() == 1);
  CHECK(measured[0].missing.starts_with("ended with status 1"));  // the program is `false`
}

TEST_CASE("what learns is measured in one round only", "[bench]") {
  CHECK(rounds_of(cell_of("a", "learning"), 5) == 1);
  CHECK(rounds_of(cell_of("a", "racing"), 5) == 1);
  CHECK(rounds_of(cell_of("a"), 5) == 5);
}

}  // namespace
}  // namespace rondo
