#include "app/config/changes.h"

#include "app/config/load.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("equal experiments have no changed keys", "[config]") {
  const Experiment experiment = default_experiment(TaskType::sentiment);
  CHECK(changed_keys(experiment, experiment).empty());
}

TEST_CASE("each changed key is a line with both values", "[config]") {
  const Experiment before = default_experiment(TaskType::translation);
  Experiment now = before;
  now.training.learning_rate = 0.001;
  now.training.max_duration = {Duration::Unit::updates, 500};
  now.model.encoder.rnn_type = RnnType::gru;
  CHECK(changed_keys(before, now) == Lines{"model.encoder.rnn_type: gru, was lstm",
                                           "training.duration: 500u, was 20e",
                                           "training.learning_rate: 0.001, was 0.002"});
}

TEST_CASE("keys that only one of the tasks has are not set in the other", "[config]") {
  const auto lines = changed_keys(default_experiment(TaskType::translation),
                                  default_experiment(TaskType::sentiment));
  CHECK(std::ranges::count(lines, "task: sentiment, was translation") == 1);
  CHECK(std::ranges::any_of(lines, [](const std::string& line) {
    return line.starts_with("model.classifier") && line.ends_with("was not set");
  }));
}

}  // namespace
}  // namespace rondo
