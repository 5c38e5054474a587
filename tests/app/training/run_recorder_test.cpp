#include "app/training/run_recorder.h"

#include "tests/app/report/markup.h"
#include "tests/support/catch_torch.h"
#include "tests/support/temporary_folder.h"

using namespace rondo;

namespace {

std::string events_of(const RunFolder& folder) {
  return read_bytes(std::filesystem::directory_iterator(folder.tensorboard())->path());
}

Sample attending_sample() {
  return {.source = "ein Hund",
          .reference = "a dog",
          .hypothesis = "a cat",
          .source_pieces = {"▁ein", "▁Hund"},
          .target_pieces = {"▁a", "▁cat"},
          .attention = {{1, 0}, {0, 1}}};
}

}  // namespace

TEST_CASE("a validation redraws the page with samples and attention", "[training]") {
  const TemporaryFolder folder;
  const RunFolder run{folder.path()};
  RunRecorder recorder(run, {.name = "run"});
  recorder.on_validation({.at = {.updates = 10}, .values = {{"bleu", 1}}}, {attending_sample()});
  recorder.on_validation({.at = {.updates = 20}, .values = {{"bleu", 2}}}, {attending_sample()});
  const std::string page = read_bytes(run.report());
  CHECK(count_of(page, "a <ins>{cat}</ins>") == 2);  // of the last validation and the one before
  CHECK(count_of(page, "<title>▁cat, ▁Hund: 1</title>") == 1);
  CHECK(count_of(events_of(run), "attention/1") == 2);
}

TEST_CASE("health is shown on the next page and in TensorBoard", "[training]") {
  const TemporaryFolder folder;
  const RunFolder run{folder.path()};
  RunRecorder recorder(run, {.name = "run"});
  recorder.on_health({.layers = {{.name = "encoder.forward_0"}}}, {.updates = 7});
  recorder.on_gradients(
      {{.name = "weight", .histogram = {.count = 1, .bounds = {1}, .counts = {1}}}},
      {.updates = 7});
  recorder.on_validation({.at = {.updates = 10}}, {});
  CHECK(count_of(read_bytes(run.report()), "At update 7,") == 1);
  CHECK(count_of(events_of(run), "spectral_radius/encoder.forward_0") == 1);
  CHECK(count_of(events_of(run), "gradients/weight") == 1);
}
