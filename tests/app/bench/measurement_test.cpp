#include "app/bench/measurement.h"

#include <cmath>
#include <fstream>

#include "app/bench/cell.h"
#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

TEST_CASE("measurements come back as they were written", "[bench]") {
  const TemporaryFolder folder;
  const auto file = folder / "m.jsonl";
  const Measurement measured{.cell = "training/gnmt/rondo fp32",
                             .settings = "{\"updates\":3}",
                             .round = 2,
                             .values = {{"loss", 7.25}, {"tokens_per_second", 1234.5}}};
  const Measurement failed{.cell = "x", .settings = "{}", .missing = "not installed"};
  write(file, to_json_line(measured) + to_json_line(failed));
  CHECK(read_measurements(file) == std::vector<Measurement>{measured, failed});
}

TEST_CASE("a line that a kill cut short is left out, and no file has none", "[bench]") {
  const TemporaryFolder folder;
  const auto file = folder / "m.jsonl";
  const Measurement measured{.cell = "a", .settings = "{}", .values = {{"loss", 1}}};
  write(file, to_json_line(measured) + to_json_line(measured).substr(0, 20));
  CHECK(read_measurements(file) == std::vector<Measurement>{measured});
  CHECK(read_measurements(folder / "none").empty());
}

TEST_CASE("a process that wrote nothing, or nothing of use, is missing", "[bench]") {
  const TemporaryFolder folder;
  const auto file = folder / "out";
  CHECK_FALSE(read_outcome(file).missing.empty());
  write(file, "{\"values\": {\"loss\": null}}");
  CHECK_FALSE(read_outcome(file).missing.empty());
  write(file, "{\"missing\": \"no such package\"}");
  CHECK(read_outcome(file).missing == "no such package");
  write_outcome(file, {{"loss", 2.5}});
  CHECK(read_outcome(file).values == Values{{"loss", 2.5}});
}

TEST_CASE("a cell's settings come back from JSON; text that is none is refused", "[bench]") {
  const TemporaryFolder folder;
  const auto file = folder / "cell.json";
  const CellSettings settings{.kind = "training", .rnn_type = "gru", .hidden = 7, .dropout = 0.1};
  write(file, to_json(settings));
  CHECK(read_cell(file) == settings);
  write(file, "{\"kind\": 3}");
  CHECK_THROWS_AS(read_cell(file), DataError);
}

}  // namespace
}  // namespace rondo
