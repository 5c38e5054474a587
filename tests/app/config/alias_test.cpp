#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {

using Unit = Duration::Unit;

TEST_CASE("JoeyNMT's epochs and updates are durations", "[config]") {
  CHECK(minimal_with({"training.epochs=20"}).training.max_duration == Duration{Unit::epochs, 20});
  CHECK(minimal_with({"training.updates=500"}).training.max_duration ==
        Duration{Unit::updates, 500});
  CHECK(override_error("training.epochs=0") ==
        "--set training.epochs: 0 is out of range; it must be at least 1");
  CHECK(override_error("training.epochs=5e") ==
        "--set training.epochs: expected a whole number, found \"5e\"");
}

TEST_CASE("a frequency without a unit counts updates", "[config]") {
  const Experiment experiment =
      minimal_with({"training.validation_freq=1000", "training.step_size=7"});
  CHECK(experiment.training.validation_freq == Duration{Unit::updates, 1000});
  CHECK(experiment.training.step_size == Duration{Unit::updates, 7});
}

TEST_CASE("only checkpoints may have no frequency of their own", "[config]") {
  CHECK(minimal_with({"training.save_freq=none"}).training.save_freq == Duration{});
  CHECK(minimal_with({"training.save_freq=2ku"}).training.save_freq ==
        Duration{Unit::updates, 2000});
  CHECK(override_error("training.validation_freq=none").find("found \"none\"") !=
        std::string::npos);
}

TEST_CASE("truth may be said as in any YAML", "[config]") {
  for (const char* yes : {"true", "True", "yes", "on"}) {
    CHECK(minimal_with({std::string("training.overwrite=") + yes}).training.overwrite);
  }
  for (const char* no : {"false", "FALSE", "no", "off"}) {
    CHECK_FALSE(minimal_with({std::string("training.overwrite=") + no}).training.overwrite);
  }
}

TEST_CASE("a language called no is text", "[config]") {
  const std::string yaml =
      "name: 007\ndata: {src: {lang: no}, trg: {lang: en}, train: t, dev: d}\n";
  const Experiment experiment = parse_experiment(yaml, "x.yaml");
  CHECK(experiment.name == "007");
  CHECK(experiment.data.train.source == "t.no");
}

}  // namespace rondo
