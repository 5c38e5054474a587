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
