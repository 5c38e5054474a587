// `rondo diagnose` as a user runs it.
#include <nlohmann/json.hpp>

#include "tests/app/commands/small_classifier_file.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("rondo diagnose prints a table and writes a page", "[commands]") {
  const SmallClassifierFile files;
  const auto done = files.run("RONDO diagnose MODEL --html page.html");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(says(done.out, "encoder.forward_0"));
  CHECK(says(done.out, "encoder.backward_0: "));
  CHECK(says(read_bytes(files.reviews.folder / "page.html"), "<svg"));
}

TEST_CASE("rondo diagnose tells programs the same as JSON", "[commands]") {
  const SmallClassifierFile files;
  const auto done = files.run("RONDO diagnose MODEL --json --text train.tsv");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  const auto json = nlohmann::json::parse(done.out);
  CHECK(json.at("text") == "train.tsv");
  CHECK(json.at("layers").size() == 2);
}

TEST_CASE("rondo diagnose refuses what it cannot look at with a line and a status", "[commands]") {
  const SmallClassifierFile files;
  const auto usage = files.run("RONDO diagnose MODEL --text train.tsv train.tsv");
  CHECK(usage.status == 2);
  CHECK(says(usage.messages, "rondo: --text: this model reads one file"));
  const auto missing = files.run("RONDO diagnose no.rondo");
  CHECK(missing.status == 1);
  CHECK(says(missing.messages, "no.rondo"));
}

}  // namespace rondo
