#include "app/training/run_models.h"

#include <fstream>

#include "app/errors.h"
#include "app/storage/tensor_header.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// A model file without weights whose last validation found these.
void add_model(const TemporaryFolder& folder, const std::string& name, double loss, double bleu) {
  const std::string history = R"([{"update": 1, "loss": 9, "bleu": 1}, {"update": 2, "loss": )" +
                              std::to_string(loss) + R"(, "bleu": )" + std::to_string(bleu) + "}]";
  const TensorHeader header{.tensors = {}, .metadata = {{"history", history}}};
  std::ofstream(folder / name, std::ios::binary) << to_bytes(header, name);
}

std::string names_of(const std::vector<RunModel>& models) {
  std::string names;
  for (const RunModel& model : models) {
    names += (names.empty() ? "" : " ") + model.path.filename().string();
  }
  return names;
}

}  // namespace

TEST_CASE("a run's best models are found, the last one first", "[training]") {
  const TemporaryFolder folder;
  for (const auto* name : {"best-900.rondo", "best-1200.rondo", "best-40.rondo", "best.rondo",
                           "snapshot-1.rondo", "best-x.rondo", "best-5.rondo.tmp"}) {
    add_model(folder, name, 2, 30);
  }
  const auto models = models_of_run(folder.path());
  CHECK(names_of(models) == "best-1200.rondo best-900.rondo best-40.rondo");
  CHECK(models.front().number == 1200);
  CHECK(value_of(models.front().values, "bleu") == 30);
}

TEST_CASE("a run without several best models gives its snapshots", "[training]") {
  const TemporaryFolder folder;
  for (const auto* name : {"best.rondo", "snapshot-2.rondo", "snapshot-10.rondo"}) {
    add_model(folder, name, 2, 30);
  }
  CHECK(names_of(models_of_run(folder.path())) == "snapshot-10.rondo snapshot-2.rondo");
}

TEST_CASE("a run that kept one model says how to keep more", "[training]") {
  const TemporaryFolder folder;
  add_model(folder, "best.rondo", 2, 30);
  CHECK_THAT(message_of<DataError>([&] { models_of_run(folder.path()); }),
             ContainsSubstring("training.keep_best_ckpts"));
}

TEST_CASE("the best of a run are those of its own metric", "[training]") {
  const TemporaryFolder folder;
  add_model(folder, "best-1.rondo", 2.0, 20);
  add_model(folder, "best-2.rondo", 1.8, 31);
  add_model(folder, "best-3.rondo", 1.9, 30);
  auto models = models_of_run(folder.path());
  sort_by_metric(models, Metric::bleu);
  CHECK(names_of(models) == "best-2.rondo best-3.rondo best-1.rondo");
  add_model(folder, "best-4.rondo", 1.7, 10);
  models = models_of_run(folder.path());
  sort_by_metric(models, Metric::loss);
  CHECK(names_of(models) == "best-4.rondo best-2.rondo best-3.rondo best-1.rondo");
}

TEST_CASE("a model file begins as no text does", "[training]") {
  const TemporaryFolder folder;
  add_model(folder, "model", 2, 30);
  std::ofstream(folder / "text") << R"({"a": 1} and more text than nine bytes)";
  std::ofstream(folder / "empty") << "";
  CHECK(has_tensor_header(folder / "model"));
  CHECK_FALSE(has_tensor_header(folder / "text"));
  CHECK_FALSE(has_tensor_header(folder / "empty"));
  CHECK_FALSE(has_tensor_header(folder / "absent"));
  CHECK_FALSE(has_tensor_header(folder.path()));
}

}  // namespace rondo
