#include "app/report/report_page.h"

#include "app/errors.h"
#include "tests/app/report/markup.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

RunHistory small_run() {
  RunHistory run{.name = "de-en <small>",
                 .config = "name: small # & <b>",
                 .machine = "2 cores",
                 .metric = "bleu"};
  for (int64_t update = 50; update <= 200; update += 50) {
    run.train.push_back({.epoch = 0.5,
                         .update = update,
                         .loss = 4,
                         .ppl = 50,
                         .tokens_per_second = 3300,
                         .grad_norm = 1,
                         .learning_rate = 0.002,
                         .seconds = 3725});
  }
  run.valid.push_back({.epoch = 1,
                       .update = 100,
                       .values = {{"loss", 3}, {"ppl", 20}, {"bleu", 21.5}, {"chrf", 40}},
                       .seconds = 60,
                       .new_best = true,
                       .samples = {{.source = "<Hund>", .reference = "dog", .hypothesis = "cat"}}});
  run.valid.push_back({.epoch = 2,
                       .update = 200,
                       .values = {{"loss", 3.5}, {"ppl", 33}, {"bleu", 20}, {"chrf", 39}},
                       .seconds = 120,
                       .samples = {{.source = "<Hund>", .reference = "dog", .hypothesis = "hot"}}});
  return run;
}

TEST_CASE("the page shows six curves and loads nothing", "[report]") {
  const std::string page = to_html(small_run());
  CHECK(count_of(page, "<svg ") == 6);
  CHECK(count_of(page, "<script") == 0);
  CHECK(count_of(page, "src=") + count_of(page, "href=") + count_of(page, "url(") == 0);
  CHECK(count_of(page, "http") == count_of(page, "http://www.w3.org/2000/svg"));
}

TEST_CASE("the page is readable in light and dark", "[report]") {
  const std::string page = to_html(small_run());
  CHECK(count_of(page, "color-scheme:light dark") >= 1);
  CHECK(count_of(page, "prefers-color-scheme:dark") >= 2);
}

TEST_CASE("names, samples and configuration are text, never markup", "[report]") {
  const std::string page = to_html(small_run());
  CHECK(count_of(page, "<h1>de-en &lt;small&gt;</h1>") == 1);
  CHECK(count_of(page, "<dd dir=\"auto\">&lt;Hund&gt;</dd>") == 1);
  CHECK(count_of(page, "<pre>name: small # &amp; &lt;b&gt;</pre>") == 1);
}

TEST_CASE("the best validation is marked and its figures lead", "[report]") {
  const std::string page = to_html(small_run());
  CHECK(count_of(page, "<dt>best BLEU</dt><dd>21.50</dd>") == 1);
  CHECK(count_of(page, "<tr class=\"best\"><td>100</td>") == 1);
  CHECK(count_of(page, "40.00 (best)") == 1);
  CHECK(count_of(page, "<dt>trained for</dt><dd>1 h 02 min</dd>") == 1);
}

TEST_CASE("a sample shows what earlier validations made of it", "[report]") {
  const std::string page = to_html(small_run());
  const auto now = page.find("<dd dir=\"auto\"><ins>{hot}</ins></dd>");
  const auto before = page.find("<dt>update 100</dt><dd dir=\"auto\"><ins>{cat}</ins></dd>");
  REQUIRE(before != std::string::npos);
  CHECK(now < before);
}

TEST_CASE("a run that has measured nothing has a page", "[report]") {
  const std::string page = to_html({.name = "new"});
  CHECK(count_of(page, "nothing measured yet") == 6);
  CHECK(count_of(page, "<table>") == 0);
}

TEST_CASE("one gradient norm far above the others makes its axis logarithmic", "[report]") {
  RunHistory run = small_run();
  CHECK(charts_of(run)[4].scale == Scale::linear);
  run.train.back().grad_norm = 500;
  CHECK(charts_of(run)[4].scale == Scale::logarithmic);
}

TEST_CASE("health and data have their sections, and the page still loads nothing", "[report]") {
  RunHistory run = small_run();
  run.health = {{.update = 200, .layers = {{.name = "encoder.forward_0"}}}};
  run.statistics = {.lines_read = 8, .labels = {"pos"}, .label_counts = {8}};
  const std::string page = to_html(run);
  CHECK(count_of(page, "<h2>Learning through time</h2>") == 1);
  CHECK(count_of(page, "<h2>Data</h2>") == 1);
  CHECK(count_of(page, "http") == count_of(page, "http://www.w3.org/2000/svg"));
  CHECK(count_of(to_html(small_run()), "<h2>Learning through time</h2>") == 0);
}

TEST_CASE("the report is a file of the run folder", "[report]") {
  const TemporaryFolder folder;
  write_report(folder.path(), small_run());
  CHECK(read_bytes(folder / "report.html") == to_html(small_run()));
  CHECK_THROWS_AS(write_report(folder / "none", small_run()), DataError);
}

}  // namespace
}  // namespace rondo
