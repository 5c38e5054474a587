#include "app/training/schedule.h"

#include "tests/support/catch.h"

using rondo::learning_rate_at;
using rondo::Position;
using rondo::Scheduling;
using rondo::TrainingOptions;
using Unit = rondo::Duration::Unit;

namespace {

TrainingOptions with(Scheduling scheduling, int64_t warmup = 0) {
  TrainingOptions options;
  options.learning_rate = 0.01;
  options.scheduling = scheduling;
  options.learning_rate_warmup = warmup;
  options.max_duration = {Unit::updates, 100};
  return options;
}

}  // namespace

TEST_CASE("no schedule keeps the rate", "[training]") {
  CHECK(learning_rate_at(with(Scheduling::none), {.updates = 77}) == Approx(0.01));
}

TEST_CASE("warm-up rises linearly and reaches the rate with its last update", "[training]") {
  const auto options = with(Scheduling::none, 4);
  CHECK(learning_rate_at(options, {.updates = 0}) == Approx(0.0025));
  CHECK(learning_rate_at(options, {.updates = 2}) == Approx(0.0075));
  CHECK(learning_rate_at(options, {.updates = 3}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 50}) == Approx(0.01));
}

TEST_CASE("inverse square root falls from the end of the warm-up", "[training]") {
  const auto options = with(Scheduling::warmup_inverse_sqrt, 4);
  CHECK(learning_rate_at(options, {.updates = 1}) == Approx(0.005));
  CHECK(learning_rate_at(options, {.updates = 3}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 15}) == Approx(0.005));
  CHECK(learning_rate_at(options, {.updates = 399}) == Approx(0.001));
}

TEST_CASE("cosine passes the middle at half way and ends at its floor", "[training]") {
  auto options = with(Scheduling::cosine);
  options.cosine_min_ratio = 0.1;
  CHECK(learning_rate_at(options, {.updates = 0}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 50}) == Approx(0.0055));
  CHECK(learning_rate_at(options, {.updates = 100}) == Approx(0.001));
  CHECK(learning_rate_at(options, {.updates = 140}) == Approx(0.001));
}

// A part of 50 updates begins at 0.01, is at 0.0055 half way, and ends at its floor of 0.001.
TEST_CASE("cosine begins anew in each of its cycles", "[training]") {
  auto options = with(Scheduling::cosine);
  options.cosine_min_ratio = 0.1;
  options.cosine_cycles = 2;
  CHECK(learning_rate_at(options, {.updates = 0}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 25}) == Approx(0.0055));
  // cos(pi 49/50) = -0.998027: 0.001 + 0.009 * 0.5 * 0.001973.
  CHECK(learning_rate_at(options, {.updates = 49}) == Approx(0.0010088785));
  CHECK(learning_rate_at(options, {.updates = 50}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 75}) == Approx(0.0055));
  CHECK(learning_rate_at(options, {.updates = 100}) == Approx(0.001));
  CHECK(learning_rate_at(options, {.updates = 140}) == Approx(0.001));
}

TEST_CASE("a cycle whose end is no round share of training still ends there", "[training]") {
  auto options = with(Scheduling::cosine);
  options.cosine_cycles = 3;
  options.max_duration = {Unit::updates, 300};
  CHECK(learning_rate_at(options, {.updates = 100}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.updates = 200}) == Approx(0.01));
  using rondo::cycles_done;
  CHECK(cycles_done(options, {.updates = 99}) == 0);
  CHECK(cycles_done(options, {.updates = 100}) == 1);
  CHECK(cycles_done(options, {.updates = 199}) == 1);
  CHECK(cycles_done(options, {.updates = 300}) == 3);
  CHECK(cycles_done(options, {.updates = 999}) == 3);
}

TEST_CASE("one cycle, and other schedules, have no ends of cycles", "[training]") {
  CHECK(rondo::cycles_done(with(Scheduling::cosine), {.updates = 100}) == 0);
  auto steps = with(Scheduling::step);
  steps.cosine_cycles = 4;
  CHECK(rondo::cycles_done(steps, {.updates = 100}) == 0);
}

TEST_CASE("cosine follows the clock where training is limited by time", "[training]") {
  auto options = with(Scheduling::cosine);
  options.cosine_min_ratio = 0;
  options.max_duration = {Unit::seconds, 600};
  CHECK(learning_rate_at(options, {.updates = 9999, .seconds = 300}) == Approx(0.005));
  CHECK(learning_rate_at(options, {.seconds = 600}) == Approx(0.0).margin(1e-12));
}

TEST_CASE("step multiplies by the factor after each step size", "[training]") {
  auto options = with(Scheduling::step);
  options.decrease_factor = 0.5;
  options.step_size = {Unit::epochs, 2};
  CHECK(learning_rate_at(options, {.epochs = 1.9}) == Approx(0.01));
  CHECK(learning_rate_at(options, {.epochs = 2.0}) == Approx(0.005));
  CHECK(learning_rate_at(options, {.epochs = 5.0}) == Approx(0.0025));
}

TEST_CASE("plateau decreases after as many validations without a best as it is patient",
          "[training]") {
  rondo::Plateau plateau;
  for (const bool best : {true, false, false, true, false, false}) plateau.observe(best, 3);
  CHECK(plateau.decreases == 0);
  plateau.observe(false, 3);
  CHECK(plateau.decreases == 1);
  for (int i = 0; i < 3; ++i) plateau.observe(false, 3);
  CHECK(plateau.decreases == 2);
  auto options = with(Scheduling::plateau);
  options.decrease_factor = 0.1;
  CHECK(learning_rate_at(options, {}, plateau.decreases) == Approx(0.0001));
}
