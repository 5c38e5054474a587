#include "app/report/diagnosis.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

GradientAlongTime along(std::vector<double> norms, int64_t reach) {
  const double change = norms.back() / norms.front();
  return {.norms = std::move(norms), .reach = reach, .first_to_last = change};
}

Diagnosis small_diagnosis() {
  Diagnosis diagnosis{.subject = "runs/<x>/latest.ckpt, update 4000", .text = "its training text"};
  diagnosis.health = {.update = 4000,
                      .sentences = 8,
                      .steps = 5,
                      .gradient_norm = 0.82,
                      .dead_embeddings = 0.034,
                      .dead_embeddings_of = "never updated"};
  diagnosis.health.layers = {{.name = "encoder.forward_0",
                              .total = along({1, 0.3, 0.1, 0.02, 0.004}, 4),
                              .carried = along({1, 0.05, 0.005, 0, 0}, 2),
                              .saturated = 0.21,
                              .spectral_radius = 0.98,
                              .update_ratio = 0.0011,
                              .verdict = Verdict::vanishing,
                              .reason = "falls to 0.004",
                              .advice = "model.chrono_init: 5"},
                             {.name = "decoder.layer_0",
                              .total = along({1, 2, 1, 2, 1}, 5),
                              .carried = along({1, 1, 1, 1, 1}, 5),
                              .saturated = 0.5,
                              .spectral_radius = 1.25,
                              .update_ratio = std::nan(""),
                              .reason = "all is well"}};
  return diagnosis;
}

}  // namespace

TEST_CASE("a diagnosis as text is a table, bars and findings", "[report]") {
  CHECK(to_text(small_diagnosis()) ==
        R"(runs/<x>/latest.ckpt, update 4000
8 sentences of its training text, 5 steps at most; gradient norm 0.82

layer              steps  reach  by itself  first/last  saturated  radius  update    verdict
encoder.forward_0      5      4          2       0.004        21%    0.98   0.11%  vanishing
decoder.layer_0        5      5          5           1        50%    1.25       -    healthy
reach: steps back until the gradient is 1% of the last step's; by itself: what the recurrence
alone carries back from the last step; radius: spectral, of the recurrent matrices;
update: of the weights' norm, usually about 0.1%

gradient norms, first step to last; one bar higher is 3.2 times as much
encoder.forward_0  ▄▅▆▇█
                   ··▄▆█  by itself
decoder.layer_0    █████
                   █████  by itself

encoder.forward_0: vanishing; falls to 0.004
  try model.chrono_init: 5
decoder.layer_0: healthy; all is well
embeddings: 3.4% of rows never updated
)");
}

TEST_CASE("bars run from the first step to the last, each half a power of ten", "[report]") {
  CHECK(bars_along_time({1, 0.3, 0.09, 0.03}, 10) == "▅▆▇█");
  CHECK(bars_along_time({1, 1e-9, 0}, 10) == "·▁█");
  CHECK(bars_along_time({1, std::nan("")}, 10) == "!█");
  CHECK(bars_along_time({}, 10).empty());
}

TEST_CASE("many steps share columns, and the greatest of a column is drawn", "[report]") {
  std::vector<double> norms(100, 0);
  norms[0] = 1;
  norms[99] = 1;
  CHECK(bars_along_time(norms, 4) == "█··█");
}

TEST_CASE("a network without recurrent layers is said to have none", "[report]") {
  Diagnosis diagnosis = small_diagnosis();
  diagnosis.health.layers.clear();
  CHECK_THAT(to_text(diagnosis), ContainsSubstring("no recurrent layer"));
}

TEST_CASE("a diagnosis as JSON has every norm, and null for what was not measured", "[report]") {
  const auto json = nlohmann::json::parse(to_json(small_diagnosis()));
  CHECK(json.at("update") == 4000);
  CHECK(json.at("layers").at(0).at("total").at("norms").size() == 5);
  CHECK(json.at("layers").at(0).at("carried").at("reach") == 2);
  CHECK(json.at("layers").at(0).at("verdict") == "vanishing");
  CHECK(json.at("layers").at(1).at("update_ratio").is_null());
}

TEST_CASE("a diagnosis's page has a chart a layer and loads nothing", "[report]") {
  const std::string html = to_html(small_diagnosis());
  CHECK(count_of(html, "<svg") == 2);
  CHECK(count_of(html, "<script") == 0);
  CHECK(count_of(html, "src=") + count_of(html, "href=") + count_of(html, "url(") == 0);
  CHECK(count_of(html, "<x>") == 0);
  CHECK(count_of(html, "&lt;x&gt;") >= 1);
  CHECK(count_of(html, "prefers-color-scheme:dark") >= 1);
  CHECK(count_of(html, "model.chrono_init: 5") == 1);
  CHECK(count_of(html, "3.4% of rows never updated") == 1);
}

}  // namespace rondo
