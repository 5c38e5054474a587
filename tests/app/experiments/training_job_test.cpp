#include "app/experiments/training_job.h"

#include <csignal>

#include "app/config/load.h"
#include "app/errors.h"
#include "tests/app/experiments/fake_training.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Texts = std::vector<std::string>;

TEST_CASE("a training is started with every setting, to go on where it was", "[experiments]") {
  const TrainingBase base{
      .program = "rondo", .config = "x.yaml", .settings = {"a=1"}, .threads = 2};
  const Job job = training_job(base, {.folder = "out/one", .settings = {"b=2"}});
  CHECK(job.command == Texts{"rondo", "train", "x.yaml", "--set", "a=1", "--set", "b=2", "--set",
                             "training.num_threads=2", "--set", "model_dir=out/one", "--resume"});
  CHECK(job.output == "out/one/output.log");
}

TEST_CASE("part of a training is asked for by its duration", "[experiments]") {
  const Job job = training_job({.program = "rondo", .config = "x.yaml"},
                               {.folder = "one", .until = {Duration::Unit::epochs, 3}});
  CHECK(Texts(job.command.end() - 3, job.command.end()) == Texts{"--resume", "--until", "3e"});
}

TEST_CASE("threads are shared out, and left alone for one worker", "[experiments]") {
  CHECK(threads_each(8, 1) == 0);
  CHECK(threads_each(8, 3) == 2);
  CHECK(threads_each(2, 4) == 1);
}

TEST_CASE("a result reaches what it was trained to, or everything when complete", "[experiments]") {
  const Duration three{Duration::Unit::epochs, 3};
  CHECK(has_reached({.complete = true, .epochs = 1}, three));
  CHECK(has_reached({.epochs = 3}, three));
  CHECK_FALSE(has_reached({.epochs = 2.9}, three));
  CHECK_FALSE(has_reached({.epochs = 99}, {}));
  CHECK(has_reached({.updates = 500}, {Duration::Unit::updates, 500}));
}

TEST_CASE("a failure is told by the program's words, its signal or its lack of a result",
          "[experiments]") {
  const RunResult complete{.complete = true};
  CHECK(failure_of({}, {}, complete).empty());
  CHECK(failure_of({.process = {.status = 1}, .last_words = "rondo: disk full"}, {}, complete) ==
        "disk full");
  CHECK(failure_of({.process = {.status = 7}}, {}, complete) == "exit status 7");
  CHECK_THAT(failure_of({.process = {.signal = SIGKILL}}, {}, {}),
             ContainsSubstring("out of memory?"));
  CHECK_THAT(failure_of({}, {}, {}), ContainsSubstring("without a result.json"));
  CHECK(failure_of({}, {}, RunResult{.ended = "by a signal"}) == "it ended early: by a signal");
}

TEST_CASE("a folder with a run of another experiment is refused, naming the key", "[experiments]") {
  const FakeTraining fake;
  const auto with = [&](const std::string& setting) {
    return load_experiment(fake.config(), Texts{setting});
  };
  const auto folder = fake.output();
  CHECK_NOTHROW(check_same_experiment(folder, with("training.learning_rate=0.2")));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "config.yaml") << to_yaml(with("training.learning_rate=0.1"));
  CHECK_NOTHROW(check_same_experiment(folder, with("training.learning_rate=0.1")));
  const auto error = [&](const std::string& setting) {
    return message_of<ConfigError>([&] { check_same_experiment(folder, with(setting)); });
  };
  CHECK_THAT(error("training.learning_rate=0.2"),
             ContainsSubstring("training.learning_rate: 0.2, was 0.1"));
  CHECK_THAT(error("training.learning_rate=0.2"), ContainsSubstring("config.yaml"));
}

TEST_CASE("where and with how many threads a run goes on may change", "[experiments]") {
  const FakeTraining fake;
  std::filesystem::create_directories(fake.output());
  std::ofstream(fake.output() / "config.yaml") << to_yaml(load_experiment(fake.config()));
  const Texts elsewhere{"model_dir=elsewhere", "training.num_threads=7", "training.device=cpu"};
  CHECK_NOTHROW(check_same_experiment(fake.output(), load_experiment(fake.config(), elsewhere)));
}

TEST_CASE("a result that is damaged is as none", "[experiments]") {
  const TemporaryFolder folder;
  CHECK_FALSE(known_result(folder.path()));
  std::ofstream(folder / "result.json") << "{";
  CHECK_FALSE(known_result(folder.path()));
}

}  // namespace
}  // namespace rondo
