#include "app/experiments/run_progress.h"

#include <cmath>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

constexpr const char* kTrain = R"({"type":"train","epoch":0.5,"update":50,"loss":4})";
constexpr const char* kFirst = R"({"type":"valid","epoch":1,"update":100,"loss":3,"bleu":10})";
constexpr const char* kWorse = R"({"type":"valid","epoch":2,"update":200,"loss":2,"bleu":9})";

void append(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::app) << text;
}

TEST_CASE("a training without metrics has not begun", "[experiments]") {
  const TemporaryFolder folder;
  ProgressReader reader(folder / "metrics.jsonl", Metric::bleu);
  CHECK(reader.look().update == 0);
  CHECK(progress_text(reader.look(), Metric::bleu) == "starting");
}

TEST_CASE("each look takes what is new, and a line only when it is whole", "[experiments]") {
  const TemporaryFolder folder;
  const auto file = folder / "metrics.jsonl";
  ProgressReader reader(file, Metric::bleu);
  append(file, std::string(kTrain) + "\n" + std::string(kFirst).substr(0, 20));
  CHECK(reader.look().update == 50);
  CHECK(std::isnan(reader.look().best));
  append(file, std::string(kFirst).substr(20) + "\nnot json\n" + kWorse + "\n");
  CHECK(reader.look().update == 200);
  CHECK(reader.look().best == 10);
  CHECK(progress_text(reader.look(), Metric::bleu) == "epoch 2.0  update 200  BLEU 10.00 at 100");
}

TEST_CASE("the best loss is the smallest", "[experiments]") {
  const TemporaryFolder folder;
  append(folder / "metrics.jsonl", std::string(kFirst) + "\n" + kWorse + "\n");
  ProgressReader reader(folder / "metrics.jsonl", Metric::loss);
  CHECK(reader.look().best == 2);
  CHECK(reader.look().best_update == 200);
}

TEST_CASE("a file that was cut back is read anew", "[experiments]") {
  const TemporaryFolder folder;
  const auto file = folder / "metrics.jsonl";
  append(file, std::string(kFirst) + "\n" + kWorse + "\n");
  ProgressReader reader(file, Metric::bleu);
  CHECK(reader.look().update == 200);
  std::ofstream(file) << kFirst << "\n";
  CHECK(reader.look().update == 100);
}

}  // namespace
}  // namespace rondo
