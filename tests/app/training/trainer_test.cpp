#include "app/training/trainer.h"

#include <csignal>

#include "app/errors.h"
#include "tests/app/training/tiny_task.h"
#include "tests/support/catch_torch.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

using rondo::TinyTask;
using rondo::TrainingOptions;
using Unit = rondo::Duration::Unit;

namespace {

TrainingOptions short_training() {
  TrainingOptions options;
  options.optimizer = rondo::OptimizerType::sgd;
  options.learning_rate = 0.1;
  options.clip_grad_norm = 0;
  options.scheduling = rondo::Scheduling::none;
  options.max_duration = {Unit::epochs, 3};
  options.logging_freq = 2;
  return options;
}

rondo::TrainState train(TinyTask& task, const TrainingOptions& options,
                        const std::filesystem::path& folder, bool resume = false) {
  rondo::TrainingLog log;
  rondo::Trainer trainer(task, options, {}, {.folder = {folder}, .log = &log});
  if (resume) trainer.restore(rondo::read_tensor_file(folder / "latest.ckpt"));
  return trainer.run();
}

}  // namespace

TEST_CASE("training ends with its duration and keeps the best model", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  task.scores = {10, 30, 20};
  const rondo::TrainState state = train(task, short_training(), folder.path());
  CHECK(state.update == 12);
  CHECK(state.epoch == 3);
  CHECK(state.batch == 0);
  CHECK(state.target_tokens == 12);
  CHECK(state.history.size() == 3);
  CHECK(state.stopping.best == 30);
  CHECK(state.stopping.best_update == 8);
  CHECK(std::filesystem::exists(folder / "latest.ckpt"));
  const auto best = rondo::read_tensor_file(folder / "best.rondo").tensors.at("weight");
  // Each weight was pulled four times by then: w += 0.2 (1 - w).
  CHECK(best[0].item<double>() == Approx(1 - 0.8 * 0.8 * 0.8 * 0.8));
}

TEST_CASE("training stops early when its patience is over", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  task.scores = {10, 9, 8, 99};
  auto options = short_training();
  options.max_duration = {Unit::epochs, 50};
  options.early_stopping_patience = 2;
  CHECK(train(task, options, folder.path()).update == 12);
}

TEST_CASE("training that ends between validations validates once more", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  auto options = short_training();
  options.max_duration = {Unit::updates, 5};
  const auto state = train(task, options, folder.path());
  CHECK(state.history.size() == 2);
  CHECK(state.validated_update == 5);
}

TEST_CASE("accumulated batches give the update of one batch of them all", "[training]") {
  const auto normalization = GENERATE(rondo::Normalization::tokens, rondo::Normalization::batch);
  const rondo::TemporaryFolder folder;
  TinyTask task;
  auto options = short_training();
  options.normalization = normalization;
  options.batch_multiplier = 4;
  options.max_duration = {Unit::epochs, 1};
  const auto state = train(task, options, folder.path());
  CHECK(state.update == 1);
  // Two of four losses pull each weight: gradient 2 * 2 (w - 1) / 4.
  CHECK(torch::allclose(task.weight(), torch::tensor({0.1F, 0.1F})));
}

TEST_CASE("an update never reaches over the end of an epoch", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  auto options = short_training();
  options.batch_multiplier = 3;
  options.max_duration = {Unit::epochs, 2};
  CHECK(train(task, options, folder.path()).update == 4);
}

TEST_CASE("skipped updates are counted and the rest goes on", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  task.poisoned = [](int64_t loss) { return loss % 4 == 1; };  // the first batch of each epoch
  const auto state = train(task, short_training(), folder.path());
  CHECK(state.update == 12);
  CHECK(state.skipped == 3);
  CHECK(task.weight()[0].item<double>() == Approx(1 - 0.8 * 0.8 * 0.8));
  CHECK(task.weight()[1].item<double>() == Approx(1 - std::pow(0.8, 6)));
}

TEST_CASE("too many skipped updates in a row end training with a way out", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  task.poisoned = [](int64_t loss) { return loss > 4; };
  auto options = short_training();
  options.max_skipped_updates = 3;
  CHECK_THROWS_WITH(train(task, options, folder.path()),
                    Catch::Contains("update 7") && Catch::Contains("training.learning_rate"));
  CHECK(rondo::read_tensor_file(folder / "latest.ckpt").tensors.count("weight") == 1);
}

TEST_CASE("averaged weights are what is validated and saved", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  auto options = short_training();
  options.ema_decay = 0.5;
  options.max_duration = {Unit::updates, 1};
  train(task, options, folder.path());
  // The first update makes 0.2 of 0, and the average takes 9/11 of it.
  const auto best = rondo::read_tensor_file(folder / "best.rondo").tensors.at("weight");
  CHECK(best[0].item<double>() == Approx(0.2 * 9 / 11));
  CHECK(task.weight()[0].item<double>() == Approx(0.2));
}

TEST_CASE("a resumed run ends with the weights and counters of one that never stopped",
          "[training]") {
  const rondo::TemporaryFolder folder, other;
  auto options = short_training();
  options.optimizer = rondo::OptimizerType::adam;
  options.ema_decay = 0.9;
  TinyTask whole;
  whole.scores = {1, 2, 3};
  const auto expected = train(whole, options, folder.path());

  TinyTask first, second;
  first.scores = {1};
  second.scores = {2, 3};
  auto half = options;
  half.max_duration = {Unit::updates, 6};
  half.validation_freq = {Unit::epochs, 5};
  half.save_freq = {Unit::updates, 4};
  first.scores = {1};
  train(first, half, other.path());
  second.scores = {2, 3};
  const auto state = train(second, options, other.path(), true);
  CHECK(state.update == expected.update);
  CHECK(state.epoch == expected.epoch);
  CHECK(state.target_tokens == expected.target_tokens);
  CHECK(state.stopping.best == expected.stopping.best);
  CHECK(state.average_updates == expected.average_updates);
  CHECK(torch::equal(second.weight(), whole.weight()));
}

TEST_CASE("a signal ends training after the update, with a checkpoint", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  task.poisoned = [](int64_t loss) {
    if (loss == 6) std::raise(SIGTERM);
    return false;
  };
  CHECK_THROWS_AS(train(task, short_training(), folder.path()), rondo::Interrupted);
  CHECK(task.losses == 6);
  const auto checkpoint = rondo::read_tensor_file(folder / "latest.ckpt");
  const auto state = rondo::train_state_from_json(checkpoint.metadata.at("training"));
  CHECK(state.update == 6);
  CHECK(state.batch == 2);
}

TEST_CASE("the network is back in training mode after a validation", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  train(task, short_training(), folder.path());
  CHECK(task.network().is_training());
}

TEST_CASE("a full disk ends training and leaves the last good files", "[training]") {
  const rondo::TemporaryFolder folder;
  TinyTask task;
  train(task, short_training(), folder.path());
  const std::string model = rondo::read_bytes(folder / "best.rondo");
  const std::string checkpoint = rondo::read_bytes(folder / "latest.ckpt");
  TinyTask again;
  {
    const rondo::FullDisk full(100);
    CHECK_THROWS_AS(train(again, short_training(), folder.path()), rondo::DataError);
  }
  CHECK(rondo::read_bytes(folder / "best.rondo") == model);
  CHECK(rondo::read_bytes(folder / "latest.ckpt") == checkpoint);
}
