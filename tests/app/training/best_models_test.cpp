#include "app/training/best_models.h"

#include <cmath>
#include <fstream>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace {

// Offers one value after another; each file says which update wrote it.
std::vector<rondo::KeptModel> offered(const rondo::BestModels& models,
                                      const std::vector<double>& values) {
  std::vector<rondo::KeptModel> kept;
  int64_t update = 0;
  for (const double value : values) {
    update += 100;
    models.offer({.value = value, .update = update}, kept,
                 [&](const std::filesystem::path& path) { std::ofstream(path) << update; });
    models.remove_others(kept);
  }
  return kept;
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

}  // namespace

TEST_CASE("the best model alone is kept under one name", "[training]") {
  const rondo::TemporaryFolder folder;
  offered({{folder.path()}, rondo::Metric::bleu, 1}, {3, 7, 5});
  CHECK(names_in(folder.path()) == std::set<std::string>{"best.rondo"});
  CHECK(rondo::read_bytes(folder / "best.rondo") == "200");
}

TEST_CASE("the worst of the best models makes room for a better one", "[training]") {
  const rondo::TemporaryFolder folder;
  const auto kept = offered({{folder.path()}, rondo::Metric::loss, 2}, {3, 1, 5, 2, NAN});
  CHECK(names_in(folder.path()) ==
        std::set<std::string>{"best.rondo", "best-200.rondo", "best-400.rondo"});
  CHECK(rondo::read_bytes(folder / "best.rondo") == "200");
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].update == 200);
  CHECK(kept[1].update == 400);
}

TEST_CASE("no model goes before the checkpoint that no longer names it is there", "[training]") {
  const rondo::TemporaryFolder folder;
  const rondo::BestModels models({folder.path()}, rondo::Metric::bleu, 2);
  std::vector<rondo::KeptModel> kept = offered(models, {3, 5});
  models.offer({.value = 9, .update = 300}, kept,
               [&](const std::filesystem::path& path) { std::ofstream(path) << 300; });
  CHECK(std::filesystem::exists(folder / "best-100.rondo"));
  models.remove_others(kept);
  CHECK(names_in(folder.path()) ==
        std::set<std::string>{"best.rondo", "best-200.rondo", "best-300.rondo"});
}

TEST_CASE("files that are no kept models are left alone", "[training]") {
  const rondo::TemporaryFolder folder;
  for (const char* name : {"best-of-all.rondo", "best-.rondo", "best-7.txt", "snapshot-1.rondo"}) {
    std::ofstream(folder / name) << "mine";
  }
  const rondo::BestModels models({folder.path()}, rondo::Metric::bleu, 2);
  models.remove_others({});
  CHECK(folder.files() == 4);
  std::ofstream(folder / "best-7.rondo") << "of a run that was killed";
  models.remove_others({});
  CHECK(folder.files() == 4);
}
