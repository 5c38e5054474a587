#include "app/report/run_report.h"

#include "app/report/report_page.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TEST_CASE("a run leaves metrics, events and a page", "[report]") {
  const TemporaryFolder folder;
  RunReport report(folder.path(), {.name = "run"});
  report.add(TrainPoint{.update = 50, .loss = 4});
  report.add(ValidPoint{.update = 50, .loss = 3, .samples = {{.source = "a"}}});
  const RunHistory found = read_metrics(folder / "metrics.jsonl");
  CHECK(found.train.size() == 1);
  CHECK(found.valid.size() == 1);
  CHECK(read_bytes(folder / "report.html") == to_html(report.history()));
  CHECK(std::filesystem::exists(folder / "tensorboard"));
}

TEST_CASE("a run that starts anew forgets the folder's old points", "[report]") {
  const TemporaryFolder folder;
  RunReport(folder.path(), {}).add(TrainPoint{.update = 50});
  CHECK(RunReport(folder.path(), {}).history().train.empty());
  CHECK(read_bytes(folder / "metrics.jsonl").empty());
}

TEST_CASE("a resumed run goes on with the points up to its checkpoint", "[report]") {
  const TemporaryFolder folder;
  {
    RunReport first(folder.path(), {});
    for (const int64_t update : {50, 100, 150}) first.add(TrainPoint{.update = update});
  }
  RunReport resumed(folder.path(), {.name = "again"}, 100);
  resumed.add(TrainPoint{.update = 150});
  CHECK(resumed.history().name == "again");
  CHECK(read_metrics(folder / "metrics.jsonl").train.size() == 3);
}

}  // namespace
}  // namespace rondo
