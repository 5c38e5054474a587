#include "app/report/metrics_log.h"

#include <cmath>
#include <fstream>
#include <limits>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/full_disk.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

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

GradientHealth health_at(int64_t update) {
  return {.update = update,
          .sentences = 8,
          .steps = 3,
          .gradient_norm = 1.5,
          .dead_embeddings = kNan,
          .dead_embeddings_of = "never updated",
          .layers = {{.name = "encoder.forward_0",
                      .total = {.norms = {1, 0.1, 1e-17}, .reach = 2, .first_to_last = 1e-17},
                      .carried = {.norms = {1, kNan}, .reach = 1, .first_to_last = 0.5},
                      .saturated = 0.25,
                      .spectral_radius = 0.9,
                      .update_ratio = kNan,
                      .verdict = Verdict::vanishing,
                      .reason = "falls to \"nothing\"",
                      .advice = "an LSTM"},
                     {.name = "decoder", .verdict = Verdict::exploding}}};
}

TEST_CASE("a training point is one line of JSON without a time", "[report]") {
  CHECK(to_json_line(train_at(50)) ==
        R"({"type":"train","epoch":0.5,"update":50,"loss":3.25,"ppl":12.0,)"
        R"("grad_norm":0.75,"learning_rate":0.002})");
  CHECK(timing_line(train_at(50)) ==
        R"({"type":"train","update":50,"seconds":60.0,"tokens_per_second":2300.0})");
}

TEST_CASE("a validation is one line of JSON with its samples and without a time", "[report]") {
  CHECK(to_json_line(valid_at(9)) ==
        R"({"type":"valid","epoch":1.0,"update":9,"loss":2.5,"ppl":12.18,"bleu":20.5,)"
        R"("chrf":41.0,"new_best":true,)"
        R"("samples":[{"source":"\"Hund\"","reference":"dog","hypothesis":"a\ndog"}]})");
  CHECK(timing_line(valid_at(9)) == R"({"type":"valid","update":9,"seconds":70.0})");
}

TEST_CASE("attention is written with its pieces, to three decimals", "[report]") {
  ValidPoint point = valid_at(1);
  point.samples[0].source_pieces = {"a", "</s>"};
  point.samples[0].target_pieces = {"b"};
  point.samples[0].attention = {{0.12345F, 0.87655F}};
  CHECK(to_json_line(point).find(R"("source_pieces":["a","</s>"],"target_pieces":["b"],)"
                                 R"("attention":[[0.123,0.877]]}])") != std::string::npos);
}

TEST_CASE("numbers that are not finite and broken text keep the line valid", "[report]") {
  TrainPoint point = train_at(1);
  point.loss = std::numeric_limits<double>::infinity();
  CHECK(to_json_line(point).find("\"loss\":null") != std::string::npos);
  CHECK(to_json_line(health_at(1)).find("\"dead_embeddings\":null") != std::string::npos);
  ValidPoint valid = valid_at(1);
  valid.samples[0].hypothesis = "\xff";
  CHECK(to_json_line(valid).find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("what was logged is read back, times and all", "[report]") {
  const TemporaryFolder folder;
  ValidPoint valid = valid_at(60);
  valid.samples[0].source_pieces = {"Hund", "</s>"};
  valid.samples[0].target_pieces = {"dog"};
  valid.samples[0].attention = {{0.25F, 0.75F}};
  MetricsLog log({folder.path()});
  log.add(train_at(50));
  log.add(valid);
  log.add(health_at(60));
  log.add(train_at(100));
  const RunHistory history = read_metrics(folder / "metrics.jsonl");
  REQUIRE(history.train.size() == 2);
  CHECK(to_json_line(history.train[1]) == to_json_line(train_at(100)));
  CHECK(timing_line(history.train[1]) == timing_line(train_at(100)));
  REQUIRE(history.valid.size() == 1);
  CHECK(to_json_line(history.valid[0]) == to_json_line(valid));
  CHECK(timing_line(history.valid[0]) == timing_line(valid));
  REQUIRE(history.health.size() == 1);
  CHECK(to_json_line(history.health[0]) == to_json_line(health_at(60)));
  CHECK(history.health[0].layers[0].total.norms[2] == 1e-17);
}

TEST_CASE("a file of an older version has its times in its own lines", "[report]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "metrics.jsonl")
      << R"({"type":"train","epoch":1,"update":50,"tokens_per_second":2300,"seconds":60})"
      << "\n"
      << R"({"type":"valid","epoch":1,"update":50,"bleu":3,"seconds":70})"
      << "\n";
  const RunHistory history = read_metrics(folder / "metrics.jsonl");
  REQUIRE(history.train.size() == 1);
  CHECK(history.train[0].tokens_per_second == 2300);
  CHECK(history.train[0].seconds == 60);
  REQUIRE(history.valid.size() == 1);
  CHECK(history.valid[0].seconds == 70);
}

TEST_CASE("where times are missing they are not a number", "[report]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "metrics.jsonl") << to_json_line(train_at(50)) << "\n";
  const RunHistory history = read_metrics(folder / "metrics.jsonl");
  REQUIRE(history.train.size() == 1);
  CHECK(std::isnan(history.train[0].seconds));
}

TEST_CASE("a torn last line and foreign lines are passed over", "[report]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "m") << "[1]\n{\"type\":7}\n{\"type\":\"valid\",\"samples\":[3,{}]}\n"
                              << "{\"type\":\"health\",\"layers\":[1,{\"total\":5}]}\n"
                              << to_json_line(train_at(50)) << "\n"
                              << to_json_line(train_at(100)).substr(0, 40);
  const RunHistory history = read_metrics(folder / "m");
  CHECK(history.train.size() == 1);
  REQUIRE(history.valid.size() == 1);
  CHECK(std::isnan(value_of(history.valid[0].values, "bleu")));
  CHECK(history.valid[0].samples.size() == 1);
  REQUIRE(history.health.size() == 1);
  CHECK(history.health[0].layers.size() == 1);
}

TEST_CASE("a missing file has no points", "[report]") {
  CHECK(read_metrics("/nonexistent/metrics.jsonl").train.empty());
}

TEST_CASE("a log is taken back to the bytes that a checkpoint counts on", "[report]") {
  const TemporaryFolder folder;
  const RunFolder run{folder.path()};
  int64_t bytes = 0;
  {
    MetricsLog log(run);
    log.add(train_at(100));
    bytes = log.sync();
    log.add(health_at(100));  // of the same update, and yet not counted on
    log.add(valid_at(150));
  }
  std::ofstream(run.metrics(), std::ios::app) << "{\"type\":\"tr";  // killed while it wrote
  cut_metrics(run, bytes, 100);
  MetricsLog(run).add(valid_at(120));
  CHECK(read_bytes(run.metrics()) ==
        to_json_line(train_at(100)) + "\n" + to_json_line(valid_at(120)) + "\n");
  CHECK(read_bytes(run.timings()) ==
        timing_line(train_at(100)) + "\n" + timing_line(valid_at(120)) + "\n");
}

TEST_CASE("where the bytes are not known, the update tells which lines stay", "[report]") {
  const TemporaryFolder folder;
  const RunFolder run{folder.path()};
  {
    MetricsLog log(run);
    for (const int64_t update : {50, 100, 150}) log.add(train_at(update));
    log.add(valid_at(150));
  }
  const int64_t bytes = GENERATE(-1, 100'000);
  cut_metrics(run, bytes, 100);
  CHECK(read_bytes(run.metrics()) ==
        to_json_line(train_at(50)) + "\n" + to_json_line(train_at(100)) + "\n");
}

TEST_CASE("a log that cannot be made or written names its path", "[report]") {
  CHECK_THROWS_AS(MetricsLog({"/nonexistent"}), DataError);
  const TemporaryFolder folder;
  MetricsLog log({folder.path()});
  const FullDisk full(10);
  CHECK_THROWS_WITH(log.add(train_at(50)), Catch::Contains("metrics.jsonl"));
}

}  // namespace
}  // namespace rondo
