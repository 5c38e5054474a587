#include "app/training/train_state.h"

#include <cmath>
#include <limits>

#include "app/errors.h"
#include "tests/support/catch.h"

namespace {

rondo::TrainState some_state() {
  rondo::TrainState state;
  state.update = 120;
  state.epoch = 2;
  state.batch = 15;
  state.epoch_batches = 60;
  state.seconds = 33.25;
  state.target_tokens = 98'765;
  state.skipped = 3;
  state.average_updates = 117;
  state.validated_update = 100;
  state.rate_scale = 0.1;
  state.rollbacks = 2;
  state.snapshots = 1;
  state.window_targets = 77;
  state.window_tokens = 78;
  state.window_began = 32.125;
  state.metrics_bytes = 4096;
  state.stopping = {.best = 31.5, .best_update = 60, .without_best = 2};
  state.plateau = {.without_best = 1, .decreases = 4};
  state.kept = {{.value = 31.5, .update = 60}, {.value = 30, .update = 100}};
  state.history = {{.at = {.updates = 60, .epochs = 1, .seconds = 16.5},
                    .values = {{"loss", 2.5}, {"ppl", 12.18}, {"bleu", 31.5}, {"chrf", 55}},
                    .new_best = true}};
  return state;
}

}  // namespace

TEST_CASE("counters come back from a checkpoint as they were", "[training]") {
  const rondo::TrainState state = some_state();
  const auto copy = rondo::train_state_from_json(rondo::to_json(state), rondo::timing_json(state));
  CHECK(rondo::to_json(copy) == rondo::to_json(state));
  CHECK(rondo::timing_json(copy) == rondo::timing_json(state));
  CHECK(copy.metrics_bytes == 4096);
  CHECK(copy.rate_scale == 0.1);
  CHECK(copy.window_began == 32.125);
  CHECK(copy.batch == 15);
  CHECK(copy.kept.at(1).update == 100);
  CHECK(copy.history.at(0).at.seconds == 16.5);
}

TEST_CASE("a state before the first validation has no best", "[training]") {
  const auto copy = rondo::train_state_from_json(rondo::to_json({}));
  CHECK(std::isnan(copy.stopping.best));
  CHECK(copy.validated_update == -1);
}

TEST_CASE("a position counts the share of the epoch that is done", "[training]") {
  const rondo::Position at = some_state().position();
  CHECK(at.updates == 120);
  CHECK(at.epochs == 2.25);
  CHECK(at.seconds == 33.25);
  CHECK(rondo::TrainState().position().epochs == 0);
}

TEST_CASE("a position in a block comes back, and counts the blocks before it", "[training]") {
  rondo::TrainState state = some_state();
  state.block = 2;
  state.blocks = 8;
  state.block_begin = 5;
  state.batch = 15;
  state.epoch_batches = 25;
  CHECK(state.position().epochs == 2 + 2.5 / 8);
  const auto copy = rondo::train_state_from_json(rondo::to_json(state));
  CHECK(copy.position().epochs == state.position().epochs);
  // Of a block that has just been ended, the next one is not yet known.
  state.block = 3;
  state.block_begin = state.batch = state.epoch_batches = 25;
  CHECK(state.position().epochs == 2 + 3.0 / 8);
}

TEST_CASE("text that is no state is refused", "[training]") {
  CHECK_THROWS_AS(rondo::train_state_from_json("{\"update\": 3"), rondo::DataError);
  CHECK_THROWS_AS(rondo::train_state_from_json("{\"update\": 3}"), rondo::DataError);
}

TEST_CASE("what a clock says changes neither the state's text nor the history", "[training]") {
  const rondo::TrainState state = some_state();
  rondo::TrainState slower = state;
  slower.seconds = 99;
  slower.window_began = 98;
  slower.history.at(0).at.seconds = 97;
  CHECK(rondo::to_json(slower) == rondo::to_json(state));
  CHECK(rondo::history_json(slower) == rondo::history_json(state));
  CHECK(rondo::timing_json(slower) != rondo::timing_json(state));
}

TEST_CASE("a state of an older version has its seconds beside its counters", "[training]") {
  const auto state = rondo::train_state_from_json(
      R"({"update":4,"epoch":1,"batch":0,"epoch_batches":4,"seconds":2.5,"target_tokens":9,)"
      R"("skipped":0,"average_updates":0,"validated_update":4,"best":1.5,"best_update":4,)"
      R"("without_best":0,"plateau_without_best":0,"decreases":0,"kept":[],)"
      R"("history":[{"update":4,"epoch":1.0,"seconds":2.25,"new_best":true,"bleu":1.5}]})");
  CHECK(state.seconds == 2.5);
  CHECK(state.window_began == 2.5);
  CHECK(state.history.at(0).at.seconds == 2.25);
  CHECK(state.rate_scale == 1);
  CHECK(state.blocks == 1);
  CHECK(state.metrics_bytes == -1);
}

TEST_CASE("an infinite best value comes back as it was", "[training]") {
  rondo::TrainState state = some_state();
  const double infinity = std::numeric_limits<double>::infinity();
  state.stopping.best = infinity;
  state.kept = {{.value = -infinity, .update = 60}};
  const auto copy = rondo::train_state_from_json(rondo::to_json(state));
  CHECK(copy.stopping.best == infinity);
  CHECK(copy.kept.at(0).value == -infinity);
}
