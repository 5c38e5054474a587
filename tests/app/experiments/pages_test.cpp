#include <cmath>

#include "app/experiments/comparison_page.h"
#include "app/experiments/learning_curves.h"
#include "app/experiments/sweep_page.h"
#include "tests/app/report/markup.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// A run folder with two validations.
std::filesystem::path run_folder(const TemporaryFolder& folder, const std::string& name) {
  const auto path = folder / name;
  std::filesystem::create_directories(path);
  std::ofstream(path / "metrics.jsonl")
      << R"({"type":"valid","epoch":1,"update":100,"loss":3,"bleu":10,"seconds":20})"
      << "\n"
      << R"({"type":"valid","epoch":2,"update":200,"loss":2,"bleu":12,"seconds":41})"
      << "\n";
  return path;
}

Comparison comparison(const TemporaryFolder& folder) {
  Comparison made{.name = "a <b>"};
  for (const char* name : {"rnn_type=lstm", "rnn_type=gru"}) {
    VariantOutcome outcome{.variant = {.name = name, .label = name, .settings = {"k=v"}}};
    for (const uint64_t seed : {42, 43}) {
      const auto path = run_folder(folder, std::string(name) + ".seed" + std::to_string(seed));
      outcome.runs.push_back({.seed = seed,
                              .folder = path,
                              .result = RunResult{.complete = true, .best = 12, .reach = NAN}});
    }
    made.variants.push_back(std::move(outcome));
  }
  made.variants[1].runs[1].error = "the loss <is> not finite";
  return made;
}

Sweep sweep(const TemporaryFolder& folder) {
  const std::vector<std::string> keys{"training.learning_rate=log:0.001..0.1",
                                      "model.encoder.rnn_type=lstm,gru"};
  Sweep made{.name = "demo",
             .folder = folder.path(),
             .space = parse_space(keys),
             .rungs = {{Duration::Unit::epochs, 9}},
             .values = {{"0.002", "gru"}, {"0.01", "lstm"}, {"0.03", "gru"}}};
  made.results = {
      {.trial = 0, .best = 10}, {.trial = 1, .best = 12}, {.trial = 2, .error = "no <"}};
  run_folder(folder, "trial-000");
  run_folder(folder, "trial-001");
  return made;
}

TEST_CASE("learning curves are drawn against updates and against seconds", "[experiments]") {
  LearningCurve curve{.label = "gru"};
  curve.history.valid = {{.update = 100, .values = {{"bleu", 10}, {"loss", 3}}, .seconds = 20}};
  const auto charts = curve_charts({curve}, Metric::bleu);
  REQUIRE(charts.size() == 4);
  CHECK(charts[0].series[0].points[0].x == 100);
  CHECK(charts[0].series[0].points[0].y == 10);
  CHECK(charts[1].series[0].points[0].x == 20);
  CHECK(charts[3].series[0].points[0].y == 3);
  CHECK(curve_charts({curve}, Metric::loss).size() == 2);
}

TEST_CASE("the seeds of a variant look alike, and only the first is named", "[experiments]") {
  const TemporaryFolder folder;
  const auto charts = charts_of(comparison(folder));
  REQUIRE(charts[0].series.size() == 4);
  CHECK(charts[0].series[0].label == "rnn_type=lstm");
  CHECK(charts[0].series[1].label.empty());
  CHECK(charts[0].series[1].faint);
  CHECK(charts[0].series[1].style == charts[0].series[0].style);
  CHECK(charts[0].series[2].style != charts[0].series[0].style);
  CHECK(charts[0].series[3].points.size() == 2);
}

TEST_CASE("a comparison's page holds conclusion, table, curves, seeds and failures",
          "[experiments]") {
  const TemporaryFolder folder;
  const std::string page = to_html(comparison(folder));
  CHECK_THAT(page, ContainsSubstring("<h1>Comparison of a &lt;b&gt;</h1>"));
  CHECK_THAT(page, ContainsSubstring("are equal: BLEU 12.00"));
  CHECK(count_of(page, "<svg") == 4);
  CHECK_THAT(page, ContainsSubstring("href=\"rnn_type=gru.seed43/report.html\""));
  CHECK_THAT(page, ContainsSubstring("the loss &lt;is&gt; not finite"));
  CHECK(count_of(page, "<script") == 0);
  CHECK(count_of(page, "shared machine") == 0);
}

TEST_CASE("speeds measured beside other trainings are said to be", "[experiments]") {
  const TemporaryFolder folder;
  Comparison at_once = comparison(folder);
  at_once.workers = 3;
  CHECK_THAT(to_html(at_once), ContainsSubstring("3 trainings ran at once"));
}

TEST_CASE("a sweep's plot has an axis a key and one for the metric, the best line first",
          "[experiments]") {
  const TemporaryFolder folder;
  const ParallelCoordinates plot = coordinates_of(sweep(folder));
  REQUIRE(plot.axes.size() == 3);
  CHECK(plot.axes[0].scale == Scale::logarithmic);
  CHECK(plot.axes[1].names == std::vector<std::string>{"lstm", "gru"});
  CHECK(plot.axes[2].title == "BLEU");
  REQUIRE(plot.lines.size() == 3);
  CHECK(plot.lines[0].values == std::vector<double>{0.01, 0, 12});
  CHECK(plot.lines[1].values == std::vector<double>{0.002, 1, 10});
  CHECK(std::isnan(plot.lines[2].values[2]));
}

TEST_CASE("a sweep's page holds the best with its warning, plot, table and curves",
          "[experiments]") {
  const TemporaryFolder folder;
  const std::string page = to_html(sweep(folder));
  CHECK_THAT(page, ContainsSubstring("Best of 3 trials: BLEU 12.00 on the development text, by "
                                     "trial 1 (learning_rate=0.01, rnn_type=lstm)."));
  CHECK_THAT(page, ContainsSubstring("optimistic"));
  CHECK(count_of(page, "<svg") == 5);
  CHECK_THAT(page, ContainsSubstring("href=\"trial-001/report.html\""));
  CHECK_THAT(page, ContainsSubstring("<b>trial 2</b>: no &lt;"));
}

}  // namespace
}  // namespace rondo
