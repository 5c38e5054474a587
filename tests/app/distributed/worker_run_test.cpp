// Several processes of the program that train one model, held to one process.
#include "tests/app/distributed/worker_run.h"

#include <cmath>

#include "app/training/checkpoint_comparison.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

double greatest_difference(const TensorFile& one, const TensorFile& other) {
  double greatest = 0;
  for (const auto& [name, tensor] : one.tensors) {
    const bool weight = name.find('.') != std::string::npos && !name.starts_with("optimizer.") &&
                        !name.starts_with("random.") && tensor.is_floating_point();
    if (!weight) continue;
    greatest = std::max(greatest, (tensor - other.tensors.at(name)).abs().max().item<double>());
  }
  return greatest;
}

void require_same_training(const RunHistory& one, const RunHistory& other) {
  REQUIRE(one.train.size() == other.train.size());
  for (size_t i = 0; i < one.train.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(one.train[i].loss - other.train[i].loss) < 1e-5);
  }
  REQUIRE(one.valid.size() == other.valid.size());
  for (size_t i = 0; i < one.valid.size(); ++i) {
    CHECK(std::abs(value_of(one.valid[i].values, "loss") -
                   value_of(other.valid[i].values, "loss")) < 1e-5);
    CHECK(value_of(one.valid[i].values, "bleu") == value_of(other.valid[i].values, "bleu"));
  }
}

}  // namespace

TEST_CASE("one, two and four workers train the same model", "[distributed]") {
  WorkerRun run;
  run.experiment.training.max_duration = {Duration::Unit::updates, 12};
  const auto train = [&](int64_t workers, int64_t multiplier) {
    const std::string name = "of" + std::to_string(workers);
    run.experiment.training.batch_multiplier = multiplier;
    const auto done = run.train(name, workers > 1 ? "--workers " + std::to_string(workers) : "");
    INFO(done.messages);
    REQUIRE(done.status == 0);
    return name;
  };
  const std::string one = train(1, 4), two = train(2, 2), four = train(4, 1);
  for (const std::string& more : {two, four}) {
    CAPTURE(more);
    require_same_training(run.history(one), run.history(more));
    CHECK(greatest_difference(run.checkpoint(one), run.checkpoint(more)) < 1e-4);
  }
}

TEST_CASE("the same workers train the same bits twice, dropout and all", "[distributed]") {
  WorkerRun run;
  run.experiment.model.encoder.dropout = run.experiment.model.decoder.dropout = 0.3;
  const auto first = run.train("first", "--workers 2"), second = run.train("second", "--workers 2");
  INFO(first.messages + second.messages);
  REQUIRE(first.status + second.status == 0);
  for (const ComparedPart& part :
       compare_checkpoints(run.checkpoint("first"), run.checkpoint("second"))) {
    CAPTURE(part.name);
    if (part.tensors > 0) CHECK(part.difference.empty());  // the folder is in the rest
  }
}

TEST_CASE("workers that are stopped and resumed are as if never stopped", "[distributed]") {
  WorkerRun run;
  run.experiment.model.encoder.dropout = 0.3;
  run.experiment.training.ema_decay = 0.9;
  REQUIRE(run.train("whole", "--workers 2").status == 0);
  REQUIRE(run.train("cut", "--workers 2 --until 4u").status == 0);
  const auto resumed = run.train("cut", "--workers 2 --resume");
  INFO(resumed.messages);
  REQUIRE(resumed.status == 0);
  for (const ComparedPart& part :
       compare_checkpoints(run.checkpoint("whole"), run.checkpoint("cut"))) {
    CAPTURE(part.name);
    if (part.tensors > 0) CHECK(part.difference.empty());  // the folder is in the rest
  }
  CHECK(read_bytes(run.text.folder / "whole" / "metrics.jsonl") ==
        read_bytes(run.text.folder / "cut" / "metrics.jsonl"));
}

TEST_CASE("a resume with more workers keeps the place and says what differs", "[distributed]") {
  WorkerRun run;
  REQUIRE(run.train("run", "--until 3u").status == 0);
  const auto resumed = run.train("run", "--workers 2 --resume");
  INFO(resumed.messages);
  REQUIRE(resumed.status == 0);
  CHECK_THAT(resumed.messages, ContainsSubstring("workers: 2, was 1: training goes on at the same "
                                                 "place in the text"));
  CHECK(run.history("run").train.back().update == 6);
}

TEST_CASE("workers send gradients as bf16 where that is asked for", "[distributed]") {
  WorkerRun run;
  run.experiment.training.gradient_compression = GradientCompression::bf16;
  const auto done = run.train("run", "--workers 2");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(run.history("run").train.back().loss < run.history("run").train.front().loss);
}

}  // namespace rondo
