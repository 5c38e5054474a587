// What Trainer does about gradients: diagnoses, spikes, rollbacks.
#include <cmath>

#include "app/training/trainer.h"
#include "tests/app/training/tiny_task.h"
#include "tests/support/catch_torch.h"
#include "tests/support/temporary_folder.h"

using rondo::GradientPolicy;
using rondo::TinyTask;
using Unit = rondo::Duration::Unit;

namespace {

constexpr int64_t kWrong = 31;  // the loss that goes wrong; by then the guard knows the usual norm

// 40 updates of SGD, two of three weights' worth of epochs; batch 31 pulls weight 0.
rondo::TrainingOptions forty_updates(GradientPolicy policy) {
  rondo::TrainingOptions options;
  options.optimizer = rondo::OptimizerType::sgd;
  options.learning_rate = 0.01;
  options.clip_grad_norm = 0;
  options.scheduling = rondo::Scheduling::none;
  options.max_duration = {Unit::epochs, 10};
  options.validation_freq = {Unit::epochs, 5};
  options.gradient_policy = policy;
  return options;
}

struct Run {
  rondo::TrainState state{};
  std::string log{};
};

Run train(TinyTask& task, const rondo::TrainingOptions& options,
          rondo::TrainingObserver* observer = nullptr) {
  const rondo::TemporaryFolder folder;
  Run run;
  {
    rondo::TrainingLog log;
    log.open(folder / "train.log");
    rondo::Trainer trainer(task, options, {},
                           {.folder = {folder.path()}, .log = &log, .observer = observer});
    run.state = trainer.run();
  }
  run.log = rondo::read_bytes(folder / "train.log");
  return run;
}

std::function<double(int64_t)> spike_at(int64_t wrong) {
  return [wrong](int64_t loss) { return loss == wrong ? 1e4 : 1.0; };
}

// Weight 0 after so many updates of 1% pulled the way to 1 by 2% of what is left each.
double pulled(int64_t updates) { return 1 - std::pow(0.98, updates); }

struct Recorder : rondo::TrainingObserver {
  void on_progress(const rondo::ProgressReport&, const rondo::Position&) override {}
  void on_validation(const rondo::ValidationRecord&, const std::vector<rondo::Sample>&) override {}
  void on_health(const rondo::GradientHealth& health, const rondo::Position& at) override {
    updates.push_back(health.update);
    CHECK(at.updates == health.update);
  }
  void on_gradients(const std::vector<rondo::NamedHistogram>& gradients,
                    const rondo::Position&) override {
    REQUIRE(gradients.size() == 1);
    names.push_back(gradients[0].name);
    least.push_back(gradients[0].histogram.minimum);
  }
  std::vector<int64_t> updates{};
  std::vector<std::string> names{};
  std::vector<double> least{};
};

}  // namespace

TEST_CASE("warn says that a gradient is far too long, and takes it", "[training]") {
  TinyTask task;
  task.scaled = spike_at(kWrong);
  const Run run = train(task, forty_updates(GradientPolicy::warn));
  CHECK(run.log.find("update 31: a gradient norm of ") != std::string::npos);
  CHECK(run.log.find("nothing was done") != std::string::npos);
  CHECK(run.state.skipped == 0);
  CHECK(task.weight()[0].item<double>() > 10);
}

TEST_CASE("skip leaves a far too long gradient out and counts it", "[training]") {
  TinyTask task;
  task.scaled = spike_at(kWrong);
  const Run run = train(task, forty_updates(GradientPolicy::skip));
  CHECK(run.log.find("the update was left out") != std::string::npos);
  CHECK(run.state.skipped == 1);
  CHECK(task.weight()[0].item<double>() == Approx(pulled(19)));
  CHECK(task.weight()[1].item<double>() == Approx(pulled(20)));
}

TEST_CASE("clip takes a far too long gradient at the usual length", "[training]") {
  TinyTask task;
  task.scaled = spike_at(kWrong);
  const Run run = train(task, forty_updates(GradientPolicy::clip));
  CHECK(run.log.find("clipped to the usual norm") != std::string::npos);
  CHECK(run.state.skipped == 0);
  // Norms fell from 2 to 1.5 by then: the update goes a little further than its own would have.
  CHECK(task.weight()[0].item<double>() == Approx(pulled(20)).epsilon(0.02));
  CHECK(task.weight()[0].item<double>() > pulled(20));
}

TEST_CASE("a gradient_spike of 0 sees no spike", "[training]") {
  TinyTask task;
  task.scaled = spike_at(kWrong);
  auto options = forty_updates(GradientPolicy::skip);
  options.gradient_spike = 0;
  const Run run = train(task, options);
  CHECK(run.state.skipped == 0);
  CHECK(run.log.find("gradient norm") == std::string::npos);
}

TEST_CASE("rollback goes back to the checkpoint's weights at a lower rate", "[training]") {
  TinyTask task;
  task.scores = {1, 0.5};
  task.scaled = spike_at(kWrong);
  const Run run = train(task, forty_updates(GradientPolicy::rollback));
  CHECK(run.log.find("update 31: went back to the checkpoint of update 20") != std::string::npos);
  CHECK(run.state.rollbacks == 1);
  CHECK(run.state.rate_scale == 0.5);
  CHECK(run.state.update == 40);
  // Ten updates at the full rate, then from batch 32 on four at half of it.
  CHECK(task.weight()[0].item<double>() == Approx(1 - std::pow(0.98, 10) * std::pow(0.99, 4)));
}

TEST_CASE("before the first validation rollback goes back to the beginning", "[training]") {
  TinyTask task;
  task.poisoned = [](int64_t loss) { return loss == 5; };
  auto options = forty_updates(GradientPolicy::rollback);
  options.max_duration = {Unit::updates, 5};
  const Run run = train(task, options);
  CHECK(run.log.find("update 5: the loss or its gradient is not finite") != std::string::npos);
  CHECK(run.log.find("went back to the checkpoint of update 0") != std::string::npos);
  CHECK(task.weight()[0].item<double>() == 0);
}

TEST_CASE("a new best forgives the rollbacks before it", "[training]") {
  TinyTask task;
  task.scores = {1, 2};
  task.poisoned = [](int64_t loss) { return loss == 3; };
  const Run run = train(task, forty_updates(GradientPolicy::rollback));
  CHECK(run.state.rollbacks == 0);
  CHECK(run.state.rate_scale == 0.5);
}

TEST_CASE("rollbacks that do not help end training with a way out", "[training]") {
  TinyTask task;
  task.poisoned = [](int64_t loss) { return loss > 4; };
  CHECK_THROWS_WITH(train(task, forty_updates(GradientPolicy::rollback)),
                    Catch::Contains("update 10") && Catch::Contains("5 rollbacks") &&
                        Catch::Contains("training.learning_rate"));
}

TEST_CASE("what the guard has learned is in the checkpoint", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  rondo::TrainingLog log;
  auto options = forty_updates(GradientPolicy::skip);
  rondo::Trainer(task, options, {}, {.folder = {folder.path()}, .log = &log}).run();
  // A process that goes on knows the usual norm from its first update.
  TinyTask resumed;
  resumed.scaled = spike_at(1);
  options.max_duration = {Unit::updates, 41};
  rondo::Trainer trainer(resumed, options, {}, {.folder = {folder.path()}, .log = &log});
  trainer.restore(rondo::read_tensor_file(folder / "latest.ckpt"));
  CHECK(trainer.run().skipped == 1);
}

TEST_CASE("every diagnose_freq one update is looked at", "[training]") {
  TinyTask task;
  Recorder recorder;
  auto options = forty_updates(GradientPolicy::warn);
  options.diagnose_freq = {Unit::updates, 15};
  const Run run = train(task, options, &recorder);
  CHECK(recorder.updates == std::vector<int64_t>{15, 30});
  CHECK(recorder.names == std::vector<std::string>{"weight", "weight"});
  // The gradient of the update itself: update 15 is the eighth to pull weight 0.
  CHECK(recorder.least[0] == Approx(-2 * std::pow(0.98, 7)));
  CHECK(run.log.find("no recurrent layer") != std::string::npos);
}

TEST_CASE("diagnoses can be switched off", "[training]") {
  TinyTask task;
  Recorder recorder;
  auto options = forty_updates(GradientPolicy::warn);
  options.diagnose_freq = {};
  train(task, options, &recorder);
  CHECK(recorder.updates.empty());
}
