#include "app/report/tensorboard_run.h"

#include <cmath>

#include "tests/app/report/markup.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// What a writer has put into its folder.
std::string events_in(const TemporaryFolder& folder) {
  return read_bytes(std::filesystem::directory_iterator(folder.path())->path());
}

}  // namespace

TEST_CASE("a sample's markdown is a table with its differences in bold brackets", "[report]") {
  CHECK(
      sample_markdown({.source = "a <b> | c*", .reference = "the dog", .hypothesis = "the cat"}) ==
      "| | |\n|---|---|\n"
      "| source | a &lt;b\\> \\| c\\* |\n"
      "| reference | the **\\[dog\\]** |\n"
      "| output | the **\\{cat\\}** |\n");
}

TEST_CASE("a validation gives scalars, and a text and an image a sample", "[report]") {
  const TemporaryFolder folder;
  TensorboardWriter writer(folder.path());
  ValidPoint point{.update = 7, .values = {{"bleu", 20}}, .samples = {{.source = "one"}, {}}};
  point.samples[1].source_pieces = point.samples[1].target_pieces = {"</s>"};
  point.samples[1].attention = {{1}};
  add_validation(writer, point);
  const std::string events = events_in(folder);
  CHECK(count_of(events, "valid/bleu") == 1);
  CHECK(count_of(events, "samples/1") + count_of(events, "samples/2") == 2);
  CHECK(count_of(events, "attention/1") == 0);
  CHECK(count_of(events, "attention/2") == 1);
  CHECK(count_of(events, "PNG\r\n") == 1);
}

TEST_CASE("a layer's health is a scalar each, but for what was not measured", "[report]") {
  const TemporaryFolder folder;
  TensorboardWriter writer(folder.path());
  GradientHealth health{.update = 3, .dead_embeddings = NAN, .layers = {{.name = "encoder.a"}}};
  health.layers[0].update_ratio = NAN;
  add_health(writer, health);
  const std::string events = events_in(folder);
  for (const char* kind : {"reach", "first_to_last", "saturated", "spectral_radius"}) {
    CHECK(count_of(events, std::string(kind) + "/encoder.a") >= 1);
  }
  CHECK(count_of(events, "carried_reach/encoder.a") == 1);
  CHECK(count_of(events, "health/gradient_norm") == 1);
  CHECK(count_of(events, "health/dead_embeddings") == 0);
  CHECK(count_of(events, "update_ratio") == 0);
}

}  // namespace rondo
