#include "app/report/metrics_log.h"

#include <cmath>
#include <limits>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

TrainPoint train_at(int64_t update) {
  return {.epoch = 0.5,
          .update = update,
          .loss = 3.25,
          .ppl = 12,
          .tokens_per_second = 2300,
          .grad_norm = 0.75,
          .learning_rate = 0.002,
          .seconds = 60};
}

ValidPoint valid_at(int64_t update) {
  return {.epoch = 1,
          .update = update,
          .values = {{"loss", 2.5}, {"ppl", 12.18}, {"bleu", 20.5}, {"chrf", 41}},
          .seconds = 70,
          .new_best = true,
          .samples = {{.source = "\"Hund\"", .reference = "dog", .hypothesis = "a\ndog"}}};
}

TEST_CASE("a training point is one line of JSON", "[report]") {
  CHECK(to_json_line(train_at(50)) ==
        R"({"type":"train","epoch":0.5,"update":50,"loss":3.25,"ppl":12.0,)"
        R"("tokens_per_second":2300.0,"grad_norm":0.75,"learning_rate":0.002,"seconds":60.0})");
}

TEST_CASE("a validation is one line of JSON with its samples", "[report]") {
  CHECK(to_json_line(valid_at(9)) ==
        R"({"type":"valid","epoch":1.0,"update":9,"loss":2.5,"ppl":12.18,"bleu":20.5,)"
        R"("chrf":41.0,"seconds":70.0,"new_best":true,)"
        R"("samples":[{"source":"\"Hund\"","reference":"dog","hypothesis":"a\ndog"}]})");
}

TEST_CASE("numbers that are not finite and broken text keep the line valid", "[report]") {
  TrainPoint point = train_at(1);
  point.loss = std::numeric_limits<double>::infinity();
  CHECK(to_json_line(point).find("\"loss\":null") != std::string::npos);
  ValidPoint valid = valid_at(1);
  valid.samples[0].hypothesis = "\xff";
  CHECK(to_json_line(valid).find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("what was logged is read back", "[report]") {
  const TemporaryFolder folder;
  MetricsLog log(folder / "metrics.jsonl", {});
  log.add(train_at(50));
  log.add(valid_at(60));
  log.add(train_at(100));
  const RunHistory history = read_metrics(folder / "metrics.jsonl");
  REQUIRE(history.train.size() == 2);
  CHECK(history.train[1].update == 100);
  CHECK(history.train[1].learning_rate == 0.002);
  REQUIRE(history.valid.size() == 1);
  CHECK(to_json_line(history.valid[0]) == to_json_line(valid_at(60)));
}

TEST_CASE("a torn last line and foreign lines are passed over", "[report]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "m") << "[1]\n{\"type\":7}\n{\"type\":\"valid\",\"samples\":[3,{}]}\n"
                              << to_json_line(train_at(50)) << "\n"
                              << to_json_line(train_at(100)).substr(0, 40);
  const RunHistory history = read_metrics(folder / "m");
  CHECK(history.train.size() == 1);
  REQUIRE(history.valid.size() == 1);
  CHECK(std::isnan(value_of(history.valid[0].values, "bleu")));
  CHECK(history.valid[0].samples.size() == 1);
}

TEST_CASE("a missing file has no points", "[report]") {
  CHECK(read_metrics("/nonexistent/metrics.jsonl").train.empty());
}

TEST_CASE("a resumed log goes on where its checkpoint stood", "[report]") {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "metrics.jsonl";
  {
    MetricsLog log(path, {});
    for (const int64_t update : {50, 100, 150}) log.add(train_at(update));
    log.add(valid_at(150));
  }
  std::ofstream(path, std::ios::app) << "{\"type\":\"tr";  // killed while it wrote
  RunHistory history = read_metrics(path);
  forget_after(history, 100);
  MetricsLog(path, history).add(valid_at(120));
  CHECK(read_bytes(path) == to_json_line(train_at(50)) + "\n" + to_json_line(train_at(100)) + "\n" +
                                to_json_line(valid_at(120)) + "\n");
}

TEST_CASE("a log that cannot be made names its path", "[report]") {
  CHECK_THROWS_AS(MetricsLog("/nonexistent/metrics.jsonl", {}), DataError);
}

}  // namespace
}  // namespace rondo
