#include "app/storage/run_result.h"

#include <cmath>
#include <fstream>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

RunResult some_result() {
  return {.complete = true,
          .ended = "its duration is over",
          .metric = "bleu",
          .best = 31.5,
          .best_values = {{"loss", 2.25}, {"bleu", 31.5}},
          .last_values = {{"loss", 2.5}, {"bleu", 30}},
          .best_update = 400,
          .updates = 600,
          .epochs = 2.5,
          .seconds = 90.5,
          .tokens_per_second = 2300,
          .parameters = 1'234'567,
          .peak_resident_bytes = 3'000'000'000,
          .reach = 12,
          .carried_reach = std::nan(""),
          .verdict = "vanishing"};
}

TEST_CASE("a result comes back from its file as it was", "[storage_files]") {
  const TemporaryFolder folder;
  write_run_result(folder.path(), some_result());
  const auto read = read_run_result(folder.path());
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(some_result()));
  CHECK(read->complete);
  CHECK(read->best_values.at(1).name == "bleu");
  CHECK(read->peak_resident_bytes == 3'000'000'000);
  CHECK(std::isnan(read->carried_reach));
  CHECK(read->verdict == "vanishing");
}

TEST_CASE("a folder without a result has none", "[storage_files]") {
  CHECK_FALSE(read_run_result("/nonexistent/run"));
}

TEST_CASE("a damaged result names its file", "[storage_files]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "result.json") << R"({"complete": true})";
  CHECK_THROWS_WITH(read_run_result(folder.path()), Catch::Contains("result.json"));
  std::ofstream(folder / "result.json") << "{";
  CHECK_THROWS_AS(read_run_result(folder.path()), DataError);
}

}  // namespace
}  // namespace rondo
