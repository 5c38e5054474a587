#include <algorithm>

#include "app/config/names.h"
#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::vector<std::filesystem::path> shipped_configs() {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path root = std::filesystem::path(RONDO_SOURCE_DIR) / "configs";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool has_test_text(const Experiment& experiment) {
  const bool translation = experiment.task == TaskType::translation;
  return !(translation ? experiment.data.test.source : experiment.labelled.test).empty();
}

}  // namespace

TEST_CASE("every configuration in configs/ loads, under the name of its file", "[config]") {
  const auto files = shipped_configs();
  CHECK(files.size() >= 5);
  for (const auto& file : files) {
    CAPTURE(file);
    const Experiment experiment = load_experiment(file);
    CHECK(experiment.name == file.stem());
    CHECK(experiment.model_dir == std::filesystem::path("runs") / file.stem());
    CHECK((experiment.task == TaskType::memory || has_test_text(experiment)));
    CHECK(parse_experiment(to_yaml(experiment), "config.yaml") == experiment);
  }
}

TEST_CASE("every synthetic problem has a configuration under its own name", "[config]") {
  const auto root = std::filesystem::path(RONDO_SOURCE_DIR) / "configs/tasks";
  for (const auto& [problem, name] : kNames<MemoryProblem>) {
    const Experiment experiment = load_experiment(root / (std::string(name) + ".yaml"));
    CHECK(experiment.task == TaskType::memory);
    CHECK(experiment.memory.problem == problem);
  }
}

TEST_CASE("the quickstart trains on the corpus that prepare writes", "[config]") {
  const auto root = std::filesystem::path(RONDO_SOURCE_DIR) / "configs/translation";
  const Experiment experiment = load_experiment(root / "quickstart.yaml");
  CHECK(experiment.data.train ==
        ParallelFiles{"data/debian-en-it/train.en", "data/debian-en-it/train.it"});
  CHECK(experiment.training.max_duration == Duration{Duration::Unit::seconds, 420});
  CHECK(experiment.model.decoder.type == DecoderType::gnmt);
}

}  // namespace rondo
