#include "app/training/meter.h"

#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

LossTotals update_of(float loss, int64_t targets) {
  return {.sum = torch::tensor(loss),
          .nll = torch::tensor(loss / 3),
          .targets = targets,
          .tokens = targets + 1};
}

const Duration kWhole{Duration::Unit::updates, 100};

TEST_CASE("a window cut in two by a checkpoint measures the same to the last bit", "[training]") {
  TrainState state;
  Meter whole(0, true), first(0, true), second(0, true);
  for (const float loss : {0.1F, 7.3F}) {
    whole.add(update_of(loss, 3));
    first.add(update_of(loss, 3));
  }
  std::map<std::string, torch::Tensor> tensors;
  first.save(state, tensors);
  CHECK(tensors.count("window.sum") == 1);
  CHECK(state.window_targets == 6);
  second.restore(state, tensors, at::kCPU);
  for (Meter* meter : {&whole, &second}) meter->add(update_of(1e-3F, 5));
  state.seconds = 2;
  const ProgressReport expected = whole.report(state, kWhole), found = second.report(state, kWhole);
  CHECK(found.loss == expected.loss);
  CHECK(found.ppl == expected.ppl);
  CHECK(found.tokens_per_second == 7);  // 14 tokens in 2 seconds
}

TEST_CASE("a checkpoint right after a report has no window", "[training]") {
  TrainState state;
  Meter meter(0, true);
  meter.add(update_of(1, 3));
  state.seconds = 4;
  meter.report(state, kWhole);
  std::map<std::string, torch::Tensor> tensors;
  meter.save(state, tensors);
  CHECK(tensors.empty());
  CHECK(state.window_targets == 0);
  CHECK(state.window_began == 4);
}

TEST_CASE("counters whose sums are missing are not taken", "[training]") {
  Meter meter(0, true);
  meter.restore({.window_targets = 10, .window_tokens = 10}, {}, at::kCPU);
  meter.add(update_of(3, 3));
  CHECK(meter.report({.seconds = 1}, kWhole).loss == 1);
}

}  // namespace
}  // namespace rondo
