#include "app/training/training_end.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

using Unit = Duration::Unit;

TrainState validated_state() {
  TrainState state;
  state.update = 60;
  state.epoch = 2;
  state.batch = 10;
  state.epoch_batches = 20;
  state.seconds = 4;
  state.target_tokens = 10'000;
  state.history = {{.at = {.updates = 30}, .values = {{"loss", 2}, {"bleu", 20}}},
                   {.at = {.updates = 60}, .values = {{"loss", 1.5}, {"bleu", 19}}}};
  state.stopping = {.best = 20, .best_update = 30, .without_best = 1};
  return state;
}

TEST_CASE("training goes on until its duration is over", "[training]") {
  TrainingOptions options;
  options.max_duration = {Unit::updates, 61};
  CHECK(reason_to_stop(options, validated_state()).empty());
  options.max_duration = {Unit::updates, 60};
  CHECK(reason_to_stop(options, validated_state()) == "its duration is over");
}

TEST_CASE("training stops when patience has run out", "[training]") {
  TrainingOptions options;
  options.early_stopping_patience = 1;
  CHECK(reason_to_stop(options, validated_state()) == "no new best in 1 validations");
}

TEST_CASE("a plateau ends training below the least rate, once warm", "[training]") {
  TrainingOptions options;
  options.scheduling = Scheduling::plateau;
  options.learning_rate = 0.01;
  options.learning_rate_min = 0.001;
  options.decrease_factor = 0.1;
  TrainState state = validated_state();
  state.plateau.decreases = 2;
  CHECK_FALSE(reason_to_stop(options, state).empty());
  options.learning_rate_warmup = 100;
  CHECK(reason_to_stop(options, state).empty());
}

TEST_CASE("a result holds the best and the last validation, and the speed", "[training]") {
  const RunResult result =
      run_result(validated_state(), Metric::bleu, {.complete = true, .reason = "over"}, nullptr);
  CHECK(result.complete);
  CHECK(result.ended == "over");
  CHECK(result.metric == "bleu");
  CHECK(result.best == 20);
  CHECK(result.best_update == 30);
  CHECK(value_of(result.best_values, "loss") == 2);
  CHECK(value_of(result.last_values, "bleu") == 19);
  CHECK(result.epochs == 2.5);
  CHECK(result.tokens_per_second == 2500);
  CHECK(std::isnan(result.reach));
  CHECK(result.verdict.empty());
}

TEST_CASE("a result tells the least reach and the worst verdict of the layers", "[training]") {
  const GradientHealth health{
      .layers = {{.total = {.reach = 9}, .carried = {.reach = 4}, .verdict = Verdict::healthy},
                 {.total = {.reach = 7}, .carried = {.reach = 5}, .verdict = Verdict::vanishing}}};
  const RunResult result = run_result(validated_state(), Metric::bleu, {}, &health);
  CHECK(result.reach == 7);
  CHECK(result.carried_reach == 4);
  CHECK(result.verdict == "vanishing");
}

TEST_CASE("a state without a validation has no best", "[training]") {
  const RunResult result = run_result({}, Metric::loss, {}, nullptr);
  CHECK(std::isnan(result.best));
  CHECK(result.best_values.empty());
  CHECK(result.tokens_per_second == 0);
}

TEST_CASE("durations in minutes are named as what no resume can repeat", "[training]") {
  TrainingOptions options;
  CHECK(clock_dependence(options).empty());
  options.save_freq = {Unit::seconds, 60};  // when a checkpoint is written changes nothing
  options.step_size = {Unit::seconds, 60};  // of a schedule that is not used
  CHECK(clock_dependence(options).empty());
  options.gradient_policy = GradientPolicy::rollback;  // but to go back to
  CHECK_FALSE(clock_dependence(options).empty());
  options.gradient_policy = GradientPolicy::warn;
  options.max_duration = {Unit::seconds, 600};
  options.validation_freq = {Unit::seconds, 60};
  CHECK_THAT(clock_dependence(options),
             Catch::Contains("training.duration, training.validation_freq"));
}

}  // namespace
}  // namespace rondo
