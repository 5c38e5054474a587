#include "app/bench/bench_report.h"

#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

namespace rondo {
namespace {

const std::vector<Cell> kCells{
    {"training", "gnmt", "rondo", "fp32", {.kind = "training"}},
    {"training", "gnmt", "pytorch", "fp32", {.kind = "training"}},
    {"training", "gnmt", "marian", "", {.kind = "training"}},
    {"training", "luong", "rondo", "fp32", {.kind = "training"}},
    {"translating", "greedy", "rondo", "fp32", {.kind = "translating"}},
};

Summary some_measurements() {
  return Summary({
      {.cell = "training/gnmt/rondo fp32",
       .round = 0,
       .values = {{"tokens_per_second", 3000}, {"loss", 5.5}, {"peak_bytes", 2e9}}},
      {.cell = "training/gnmt/rondo fp32",
       .round = 1,
       .values = {{"tokens_per_second", 2000}, {"loss", 5.5}, {"peak_bytes", 1e9}}},
      {.cell = "training/gnmt/pytorch fp32", .values = {{"tokens_per_second", 1500}}},
      {.cell = "training/gnmt/marian", .missing = "not installed"},
      {.cell = "translating/greedy/rondo fp32", .values = {{"tokens_per_second", 400}}},
  });
}

TEST_CASE("the table has a section each, its rows, and no column that says nothing", "[bench]") {
  CHECK(bench_table(kCells, some_measurements()) ==
        "training, target tokens/s\n"
        "                   median   low  high  rounds  ratio   loss  memory\n"
        "gnmt                                                               \n"
        "  rondo fp32         2500  2000  3000       2   1.00  5.500  2.0 GB\n"
        "  pytorch fp32       1500  1500  1500       1   0.50               \n"
        "  marian        no result                                          \n"
        "\n"
        "translating, target tokens/s\n"
        "              median  low  high  rounds  ratio\n"
        "greedy                                        \n"
        "  rondo fp32     400  400   400       1   1.00\n"
        "\n"
        "training/gnmt/marian: not installed\n");
}

TEST_CASE("the JSON has every value of every cell that was tried", "[bench]") {
  const Goal goal{.what = "fast", .cell = "training/gnmt/rondo fp32", .at_least = 2600};
  const auto judgements = judged(some_measurements(), {goal});
  const auto report =
      nlohmann::json::parse(bench_json(kCells, some_measurements(), judgements, {{"cores", "2"}}));
  CHECK(report["machine"]["cores"] == "2");
  REQUIRE(report["cells"].size() == 4);
  CHECK(report["cells"][0]["values"]["tokens_per_second"]["high"] == 3000);
  CHECK(report["cells"][2]["missing"] == "not installed");
  CHECK(report["goals"][0]["verdict"] == "missed");
}

TEST_CASE("the picture has a drawing for each row that has numbers", "[bench]") {
  const std::string svg = bench_plot(kCells, some_measurements());
  CHECK(svg.starts_with("<svg"));
  CHECK(svg.find("training: gnmt, target tokens/s") != std::string::npos);
  CHECK(svg.find("translating: greedy, target tokens/s") != std::string::npos);
  CHECK(svg.find("luong") == std::string::npos);
}

TEST_CASE("what grows is drawn as a curve over its sizes", "[bench]") {
  const std::vector<Cell> cells{{"scale", "length", "rondo", "10", {.kind = "synthetic"}},
                                {"scale", "length", "rondo", "20", {.kind = "synthetic"}}};
  const Summary summary({{.cell = "scale/length/rondo 10", .values = {{"tokens_per_second", 5}}},
                         {.cell = "scale/length/rondo 20", .values = {{"tokens_per_second", 9}}}});
  CHECK(bench_plot(cells, summary).find("growing length") != std::string::npos);
}

}  // namespace
}  // namespace rondo
