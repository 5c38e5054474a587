#include "app/training/train_state.h"

#include <cmath>

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
  const auto copy = rondo::train_state_from_json(rondo::to_json(state));
  CHECK(rondo::to_json(copy) == rondo::to_json(state));
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

TEST_CASE("text that is no state is refused", "[training]") {
  CHECK_THROWS_AS(rondo::train_state_from_json("{\"update\": 3"), rondo::DataError);
  CHECK_THROWS_AS(rondo::train_state_from_json("{\"update\": 3}"), rondo::DataError);
}
