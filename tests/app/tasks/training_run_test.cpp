#include "app/tasks/training_run.h"

#include <map>

#include "app/errors.h"
#include "app/report/metrics_log.h"
#include "app/storage/atomic_file.h"
#include "app/storage/model_file.h"
#include "app/storage/run_result.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace {

using Unit = rondo::Duration::Unit;

// Of all files in a folder, by their names.
std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().filename().string()] = rondo::read_bytes(entry.path());
  }
  return files;
}

rondo::Experiment two_epochs(const rondo::SmallText& text) {
  rondo::Experiment experiment = text.experiment();
  experiment.training.max_duration = {rondo::Duration::Unit::epochs, 2};
  experiment.training.logging_freq = 1;
  return experiment;
}

}  // namespace

TEST_CASE("a run leaves its model, checkpoint, configuration, log and metrics", "[tasks]") {
  const rondo::SmallText text;
  rondo::run_training({.experiment = two_epochs(text)});
  const auto run = text.folder / "run";
  for (const char* name : {"best.rondo", "latest.ckpt", "config.yaml", "metrics.jsonl"}) {
    CHECK(std::filesystem::exists(run / name));
  }
  CHECK(rondo::read_bytes(run / "train.log").find("update 2") != std::string::npos);
  const auto model = rondo::load_translation_model(run / "best.rondo");
  CHECK(model.experiment.model.decoder.vocab_size == 60);
}

TEST_CASE("a run is not overwritten unless that is asked for", "[tasks]") {
  const rondo::SmallText text;
  auto experiment = two_epochs(text);
  rondo::run_training({.experiment = experiment});
  const auto run = [&](bool resume, bool overwrite) {
    rondo::run_training({.experiment = experiment, .resume = resume, .overwrite = overwrite});
  };
  CHECK_THROWS_AS(run(false, false), rondo::ConfigError);
  CHECK_THROWS_WITH(run(false, false),
                    Catch::Contains("--resume") && Catch::Contains("--overwrite"));
  CHECK_NOTHROW(run(false, true));
  experiment.training.max_duration.value = 3;
  CHECK_NOTHROW(run(true, false));
}

TEST_CASE("a dry run leaves no run folder", "[tasks]") {
  const rondo::SmallText text;
  rondo::run_training({.experiment = two_epochs(text), .dry_run = true});
  CHECK_FALSE(std::filesystem::exists(text.folder / "run"));
}

TEST_CASE("a run that has no checkpoint yet is begun by resuming it", "[tasks]") {
  const rondo::SmallText text;
  std::filesystem::create_directories(text.folder / "run");
  rondo::write_file_atomically(text.folder / "run" / "metrics.jsonl",
                               "of a start that was killed\n");
  rondo::run_training({.experiment = two_epochs(text), .resume = true});
  CHECK(rondo::read_run_result(text.folder / "run")->complete);
  CHECK(rondo::read_metrics(text.folder / "run" / "metrics.jsonl").train.size() == 2);
}

TEST_CASE("a best model without a checkpoint is not destroyed by resuming", "[tasks]") {
  const rondo::SmallText text;
  auto experiment = two_epochs(text);
  std::filesystem::create_directories(text.folder / "run");
  rondo::write_file_atomically(text.folder / "run" / "best.rondo", "precious");
  CHECK_THROWS_AS(rondo::run_training({.experiment = experiment, .resume = true}),
                  rondo::ConfigError);
  CHECK(rondo::read_bytes(text.folder / "run" / "best.rondo") == "precious");
}

TEST_CASE("a complete run is left untouched by resuming it", "[tasks]") {
  const rondo::SmallText text;
  auto experiment = two_epochs(text);
  rondo::run_training({.experiment = experiment});
  const auto before = contents(text.folder / "run");
  CHECK(before.size() >= 7);
  experiment.training.logging_freq = 7;
  rondo::run_training({.experiment = experiment, .resume = true});
  CHECK(contents(text.folder / "run") == before);
  std::filesystem::remove(text.folder / "run" / "latest.ckpt");  // to save space
  CHECK_NOTHROW(rondo::run_training({.experiment = experiment, .resume = true}));
}

TEST_CASE("a run stopped by --until is the whole run once it is resumed", "[tasks]") {
  const rondo::SmallText text;
  auto experiment = two_epochs(text);
  experiment.training.scheduling = rondo::Scheduling::cosine;
  experiment.training.ema_decay = 0.9;
  experiment.model.encoder.dropout = 0.3;
  experiment.training.max_duration = {Unit::updates, 7};
  experiment.training.validation_freq = {Unit::updates, 3};
  experiment.training.logging_freq = 4;
  rondo::run_training({.experiment = experiment});
  const auto whole = contents(text.folder / "run");
  rondo::run_training({.experiment = experiment, .overwrite = true, .until = {Unit::updates, 5}});
  const auto result = rondo::read_run_result(text.folder / "run");
  CHECK_FALSE(result->complete);
  CHECK(result->updates == 5);
  rondo::run_training({.experiment = experiment, .resume = true});
  const auto cut = contents(text.folder / "run");
  for (const char* file : {"best.rondo", "metrics.jsonl", "config.yaml"}) {
    CHECK(cut.at(file) == whole.at(file));
  }
  CHECK(rondo::read_run_result(text.folder / "run")->complete);
}

TEST_CASE("a result tells how good, how large and how long", "[tasks]") {
  const rondo::SmallText text;
  rondo::run_training({.experiment = two_epochs(text)});
  const auto result = rondo::read_run_result(text.folder / "run");
  REQUIRE(result);
  CHECK(result->ended == "its duration is over");
  CHECK(result->metric == "bleu");
  CHECK(result->updates == 2);
  CHECK(result->epochs == 2);
  CHECK(result->parameters > 1000);
  CHECK(result->peak_resident_bytes > 1'000'000);
  CHECK(result->last_values.size() == 4);
}

TEST_CASE("a resumed run says which keys have changed and where it runs otherwise", "[tasks]") {
  const rondo::SmallText text;
  auto experiment = two_epochs(text);
  rondo::run_training({.experiment = experiment, .until = {Unit::updates, 1}});
  experiment.training.learning_rate = 0.005;
  experiment.training.num_threads = 2;
  rondo::run_training({.experiment = experiment, .resume = true});
  const std::string log = rondo::read_bytes(text.folder / "run" / "train.log");
  CHECK(log.find("changed: training.learning_rate: 0.005, was 0.01\n") != std::string::npos);
  CHECK(log.find("threads: 2, was 1: results will differ") != std::string::npos);
}
