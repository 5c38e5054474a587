#include "app/tasks/training_run.h"

#include "app/errors.h"
#include "app/storage/model_file.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace {

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

TEST_CASE("there is nothing to resume without a checkpoint", "[tasks]") {
  const rondo::SmallText text;
  CHECK_THROWS_AS(rondo::run_training({.experiment = two_epochs(text), .resume = true}),
                  rondo::ConfigError);
}
