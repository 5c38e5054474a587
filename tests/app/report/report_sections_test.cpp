#include "app/report/report_sections.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

LayerHealth layer(const std::string& name, Verdict verdict) {
  return {.name = name,
          .total = {.norms = {1, 0.5, 0.25}, .reach = 3, .first_to_last = 0.25},
          .carried = {.norms = {1, 0.1, 0.001}, .reach = 2, .first_to_last = 0.001},
          .saturated = 0.125,
          .spectral_radius = 0.75,
          .update_ratio = NAN,
          .verdict = verdict,
          .reason = "because <of> " + name,
          .advice = verdict == Verdict::healthy ? "" : "an lstm"};
}

std::vector<GradientHealth> two_diagnoses() {
  GradientHealth health{.update = 100,
                        .sentences = 8,
                        .steps = 3,
                        .gradient_norm = 1.5,
                        .dead_embeddings = 0.25,
                        .dead_embeddings_of = "never updated",
                        .layers = {layer("encoder.forward_0", Verdict::healthy),
                                   layer("encoder.forward_1", Verdict::vanishing),
                                   layer("decoder.layer_0", Verdict::exploding)}};
  GradientHealth later = health;
  later.update = 200;
  return {health, later};
}

ValidSample sample(const std::string& hypothesis) {
  return {.source = "<Hund>", .reference = "a dog", .hypothesis = hypothesis};
}

}  // namespace

TEST_CASE("a section without anything to show is empty", "[report]") {
  CHECK(health_section({}).empty());
  CHECK(sample_section({}).empty());
  CHECK(sample_section({ValidPoint{}}).empty());
  CHECK(data_section({}).empty());
}

TEST_CASE("a layer's verdict is a sign and a word, with its reason as text", "[report]") {
  const std::string page = health_section(two_diagnoses());
  CHECK(count_of(page, "<b>↓ vanishing</b>") == 1);
  CHECK(count_of(page, "<b>↑ exploding</b>") == 1);
  CHECK(count_of(page, "<td>✓ healthy</td>") == 1);
  CHECK(count_of(page, "because &lt;of&gt; encoder.forward_1") == 1);
  CHECK(count_of(page, "<p class=\"soft\">Try an lstm.</p>") == 2);
  CHECK(count_of(page, "why the others are healthy") == 1);
  CHECK(count_of(page, "At update 200, from 8 sentences of up to 3 steps") == 1);
  CHECK(count_of(page, "never updated: 25.0%") == 1);
}

TEST_CASE("reach says whether it is the whole sentence", "[report]") {
  const std::string page = health_section({two_diagnoses()[0]});
  CHECK(count_of(page,
                 "<td>all 3</td><td>2</td><td>0.25</td><td>12.5%</td><td>0.750</td>"
                 "<td>-</td>") == 3);
}

TEST_CASE("each group of layers has a chart by every way and one by the recurrence", "[report]") {
  const auto one = health_section({two_diagnoses()[0]});
  CHECK(count_of(one, "<svg ") == 4);
  CHECK(count_of(one, ">Gradient through time: encoder, by every way</text>") == 1);
  CHECK(count_of(one, ">Gradient through time: decoder, by the recurrence alone</text>") == 1);
  const auto two = health_section(two_diagnoses());
  CHECK(count_of(two, "<svg ") == 6);  // reach over updates needs two
  CHECK(count_of(two, ">Reach, by every way</text>") == 1);
}

TEST_CASE("samples mark what only one text has", "[report]") {
  const std::string page = sample_section({ValidPoint{.samples = {sample("a cat")}}});
  CHECK(count_of(page, "<dd dir=\"auto\">&lt;Hund&gt;</dd>") == 1);
  CHECK(count_of(page, "<dd dir=\"auto\">a <del>[dog]</del></dd>") == 1);
  CHECK(count_of(page, "<dd dir=\"auto\">a <ins>{cat}</ins></dd>") == 1);
  CHECK(count_of(page, "<svg ") == 0);
  CHECK(count_of(page, "earlier outputs") == 0);
}

TEST_CASE("a sample with attention has its map", "[report]") {
  ValidPoint point{.samples = {sample("a cat")}};
  point.samples[0].source_pieces = {"▁Hund", "</s>"};
  point.samples[0].target_pieces = {"▁a<", "</s>"};
  point.samples[0].attention = {{0.75f, 0.25f}, {0, 1}};
  const std::string page = sample_section({point});
  CHECK(count_of(page, "<svg ") == 1);
  CHECK(count_of(page, "<title>▁a&lt;, ▁Hund: 0.75</title>") == 1);
}

TEST_CASE("of hundreds of validations forty show their outputs", "[report]") {
  std::vector<ValidPoint> validations;
  for (int64_t update = 1; update <= 401; ++update) {
    validations.push_back({.update = update, .samples = {sample("a cat")}});
  }
  const std::string page = sample_section(validations);
  CHECK(count_of(page, "<dt>update ") <= 40);
  CHECK(count_of(page, "<dt>update ") >= 30);
  CHECK(count_of(page, "<dt>update 400</dt>") == 1);
}

TEST_CASE("the data are counted, charted and their dropped lines named", "[report]") {
  const DatasetStatistics statistics{.lines_read = 10,
                                     .dropped = {"2 empty", "1 over-long"},
                                     .training = {{.name = "source (<en>)",
                                                   .sentences = 4,
                                                   .pieces = 10,
                                                   .unknown_pieces = 1,
                                                   .lengths = {0, 0, 2, 2}}},
                                     .labels = {"neg & co"},
                                     .label_counts = {3}};
  const std::string page = data_section(statistics);
  CHECK(count_of(page, "10 training lines read; dropped: 2 empty, 1 over-long.") == 1);
  CHECK(count_of(page,
                 "<td>training, source (&lt;en&gt;)</td><td>4</td><td>10</td><td>2.5</td>"
                 "<td>3</td><td>1</td><td>10.00%</td>") == 1);
  CHECK(count_of(page, "<svg ") == 2);
  CHECK(count_of(page, ">neg &amp; co</text>") == 1);
  CHECK(count_of(data_section({.lines_read = 3}), "3 training lines read; none dropped.") == 1);
}

}  // namespace rondo
