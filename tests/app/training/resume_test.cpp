// Training that is stopped anywhere and gone on with, held to training that never stopped.
#include <algorithm>

#include "app/errors.h"
#include "app/training/checkpoint_comparison.h"
#include "app/training/trainer.h"
#include "tests/app/training/tiny_task.h"
#include "tests/support/catch_torch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Unit = Duration::Unit;

// 12 updates in 3 epochs, with everything that has a state of its own.
TrainingOptions eventful_training() {
  TrainingOptions options;
  options.learning_rate = 0.1;
  options.scheduling = Scheduling::plateau;
  options.plateau_patience = 1;
  options.ema_decay = 0.9;
  options.max_duration = {Unit::epochs, 3};
  options.validation_freq = {Unit::updates, 5};
  options.save_freq = {Unit::updates, 1};
  options.logging_freq = 3;
  options.keep_best_ckpts = 2;
  return options;
}

// Remembers the losses of all lines, with all their bits.
struct Losses : TrainingObserver {
  void on_progress(const ProgressReport& report, const Position&) override {
    losses.push_back(report.loss);
  }
  void on_validation(const ValidationRecord&, const std::vector<Sample>&) override {}
  int64_t on_saving() override { return static_cast<int64_t>(losses.size()); }
  std::vector<double> losses;
};

// The scores of a run's validations, from the one that comes next.
std::vector<double> scores_from(int64_t updates) {
  const std::vector<double> scores{3, 1, 2};  // at updates 5, 10 and 12
  const int64_t done = updates < 5 ? 0 : updates < 10 ? 1 : 2;
  return {scores.begin() + done, scores.end()};
}

struct Stop {
  Duration until{};
  bool resumed = false;
  int64_t wrong_update = 0;  // whose loss is not finite; 0 = none
};

TrainState train(const TrainingOptions& options, const std::filesystem::path& folder,
                 const Stop& stop, Losses& losses) {
  TinyTask task;
  TrainingLog log;
  Trainer trainer(task, options, {}, {.folder = {folder}, .log = &log, .observer = &losses});
  if (stop.resumed) trainer.restore(read_tensor_file(folder / "latest.ckpt"));
  task.scores = scores_from(trainer.state().update);
  const int64_t wrong = stop.wrong_update - trainer.state().update;
  task.poisoned = [wrong](int64_t loss) { return loss == wrong; };
  trainer.stop_at(stop.until);
  return trainer.run();
}

std::vector<std::string> differences(const std::filesystem::path& first,
                                     const std::filesystem::path& second) {
  std::vector<std::string> lines;
  for (const auto& part : compare_checkpoints(read_tensor_file(first), read_tensor_file(second))) {
    if (!part.difference.empty()) lines.push_back(part.difference);
  }
  return lines;
}

TEST_CASE("whatever update training stops after, it ends as if it never had", "[training]") {
  const TemporaryFolder whole, cut;
  Losses expected, found;
  train(eventful_training(), whole.path(), {}, expected);
  const int stop = GENERATE(range(1, 12));
  train(eventful_training(), cut.path(), {.until = {Unit::updates, double(stop)}}, found);
  CHECK(
      train_state_from_json(read_tensor_file(cut / "latest.ckpt").metadata.at("training")).update ==
      stop);
  train(eventful_training(), cut.path(), {.resumed = true}, found);
  CHECK(differences(whole / "latest.ckpt", cut / "latest.ckpt") == std::vector<std::string>{});
  CHECK(found.losses == expected.losses);
  CHECK(read_bytes(cut / "best.rondo") == read_bytes(whole / "best.rondo"));
  CHECK(cut.files() == whole.files());
}

TEST_CASE("a rollback at a line of the log is saved with that line", "[training]") {
  const TemporaryFolder whole, cut;
  Losses expected, found;
  TrainingOptions options = eventful_training();
  options.gradient_policy = GradientPolicy::rollback;
  const int64_t wrong = 6;
  train(options, whole.path(), {.wrong_update = wrong}, expected);
  const int stop = GENERATE(5, 6, 7);
  train(options, cut.path(), {.until = {Unit::updates, double(stop)}, .wrong_update = wrong},
        found);
  train(options, cut.path(), {.resumed = true, .wrong_update = wrong}, found);
  CHECK(differences(whole / "latest.ckpt", cut / "latest.ckpt") == std::vector<std::string>{});
  // The line at update 6 holds the loss that is not a number.
  REQUIRE(found.losses.size() == expected.losses.size());
  CHECK(found.losses.at(2) == expected.losses.at(2));
}

TEST_CASE("a run that is killed before its first validation has a checkpoint", "[training]") {
  const TemporaryFolder folder;
  TinyTask task;
  task.poisoned = [](int64_t) -> bool { throw std::runtime_error("killed"); };
  TrainingLog log;
  Trainer trainer(task, eventful_training(), {}, {.folder = {folder.path()}, .log = &log});
  CHECK_THROWS_WITH(trainer.run(), "killed");
  CHECK(read_train_state(folder / "latest.ckpt").update == 0);
}

TEST_CASE("who stops on the way is not complete, who ends is", "[training]") {
  const TemporaryFolder folder;
  TinyTask task;
  TrainingLog log;
  Trainer trainer(task, eventful_training(), {}, {.folder = {folder.path()}, .log = &log});
  trainer.stop_at({Unit::epochs, 1});
  CHECK(trainer.run().update == 4);
  CHECK_FALSE(trainer.end().complete);
  CHECK(trainer.state().history.empty());
  trainer.stop_at({});
  trainer.run();
  CHECK(trainer.end().complete);
  CHECK(trainer.end().reason == "its duration is over");
}

TEST_CASE("the end of each cosine cycle is validated and kept", "[training]") {
  const TemporaryFolder folder;
  TinyTask task;
  TrainingLog log;
  TrainingOptions options = eventful_training();
  options.scheduling = Scheduling::cosine;
  options.cosine_cycles = 3;
  options.validation_freq = {Unit::epochs, 9};
  options.max_duration = {Unit::updates, 9};
  Trainer trainer(task, options, {}, {.folder = {folder.path()}, .log = &log});
  const TrainState state = trainer.run();
  REQUIRE(state.history.size() == 3);
  CHECK(state.history[1].at.updates == 6);
  const auto kept = read_tensor_file(folder / "snapshot-3.rondo");
  CHECK(torch::equal(kept.tensors.at("weight"),
                     read_tensor_file(folder / "latest.ckpt").tensors.at("average.weight")));
  CHECK(std::filesystem::exists(folder / "snapshot-2.rondo"));
  CHECK_FALSE(std::filesystem::exists(folder / "snapshot-4.rondo"));
}

TEST_CASE("updates that were skipped in a row are counted on", "[training]") {
  const TemporaryFolder folder;
  TrainingLog log;
  TrainingOptions options = eventful_training();
  options.max_skipped_updates = 4;
  {
    TinyTask task;
    task.poisoned = [](int64_t loss) { return loss > 3; };
    Trainer trainer(task, options, {}, {.folder = {folder.path()}, .log = &log});
    trainer.stop_at({Unit::updates, 6});
    CHECK(trainer.run().skipped == 3);
  }
  TinyTask task;
  task.poisoned = [](int64_t) { return true; };
  Trainer trainer(task, options, {}, {.folder = {folder.path()}, .log = &log});
  trainer.restore(read_tensor_file(folder / "latest.ckpt"));
  CHECK_THROWS_WITH(trainer.run(), Catch::Contains("update 7") && Catch::Contains("4 updates"));
}

TEST_CASE("a run may begin with the moments and the updates of another", "[training]") {
  const TemporaryFolder before, after;
  Losses losses;
  train(eventful_training(), before.path(), {.until = {Unit::updates, 6}}, losses);
  const TensorFile checkpoint = read_tensor_file(before / "latest.ckpt");
  TinyTask task;
  TrainingLog log;
  TrainingOptions options = eventful_training();
  options.reset_optimizer = GENERATE(true, false);
  options.reset_scheduler = GENERATE(true, false);
  Trainer trainer(task, options, {}, {.folder = {after.path()}, .log = &log});
  trainer.begin_with(checkpoint);
  trainer.save_checkpoint();
  const TensorFile begun = read_tensor_file(after / "latest.ckpt");
  const auto moment = [](const TensorFile& file) {
    return file.tensors.at("optimizer.second.weight");
  };
  CHECK(torch::equal(moment(begun), moment(checkpoint)) == !options.reset_optimizer);
  CHECK(trainer.state().update == (options.reset_scheduler ? 0 : 6));
  CHECK(trainer.state().epoch == (options.reset_scheduler ? 0 : 1));
  CHECK(trainer.state().batch == (options.reset_scheduler ? 0 : 2));
  CHECK(trainer.state().history.empty());
  CHECK(std::isnan(trainer.state().stopping.best));
  CHECK_FALSE(
      torch::equal(begun.tensors.at("average.weight"), checkpoint.tensors.at("average.weight")));
}

TEST_CASE("a model has no moments and no updates to begin with", "[training]") {
  const TemporaryFolder folder;
  TinyTask task;
  TrainingLog log;
  const TensorFile model = task.model_file("[]");
  for (const bool optimizer : {true, false}) {
    TrainingOptions options = eventful_training();
    options.reset_optimizer = !optimizer;
    options.reset_scheduler = optimizer;
    Trainer trainer(task, options, {}, {.folder = {folder.path()}, .log = &log});
    CHECK_THROWS_AS(trainer.begin_with(model), DataError);
  }
}

}  // namespace
}  // namespace rondo
