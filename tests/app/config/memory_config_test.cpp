#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

const std::string kMemory =
    "name: demo\n"
    "task: memory\n";

Experiment memory_with(const std::string& lines) {
  return parse_experiment(kMemory + lines, "x.yaml");
}

std::string error_with(const std::string& lines) { return error_of(kMemory + lines); }

}  // namespace

TEST_CASE("a synthetic problem needs nothing but its name", "[config]") {
  const Experiment experiment = memory_with("");
  CHECK(experiment == [] {
    Experiment expected = default_experiment(TaskType::memory);
    expected.name = "demo";
    expected.model_dir = "runs/demo";
    return expected;
  }());
  CHECK(experiment.memory.problem == MemoryProblem::adding);
  CHECK(experiment.training.early_stopping_metric == Metric::loss);
  CHECK(experiment.training.label_smoothing == 0);
  CHECK(experiment.batching.batch_type == BatchType::sentence);
}

TEST_CASE("a synthetic problem's experiment written and read is equal", "[config]") {
  const Experiment experiment = memory_with(
      "data: {problem: reverse, length: 12, symbols: 4, copied: 3, examples: 50, "
      "dev_examples: 7}\n"
      "model:\n"
      "  rnn_type: gru\n"
      "  nonlinearity: relu\n"
      "  hidden_size: 17\n"
      "  num_layers: 3\n"
      "  init_rnn_orthogonal: false\n"
      "  lstm_forget_gate: 2.5\n"
      "  chrono_init: 400\n");
  CHECK(experiment.memory == MemoryOptions{.problem = MemoryProblem::reverse,
                                           .length = 12,
                                           .symbols = 4,
                                           .copied = 3,
                                           .examples = 50,
                                           .dev_examples = 7});
  CHECK(experiment.reader == SequenceReaderOptions{.rnn_type = RnnType::gru,
                                                   .nonlinearity = Nonlinearity::relu,
                                                   .hidden_size = 17,
                                                   .num_layers = 3,
                                                   .init_rnn_orthogonal = false,
                                                   .lstm_forget_gate = 2.5,
                                                   .chrono_init = 400});
  CHECK(parse_experiment(to_yaml(experiment), "config.yaml") == experiment);
}

TEST_CASE("a synthetic problem has neither text nor tokenizer", "[config]") {
  CHECK(error_with("tokenizer: {vocab_size: 9}\n") == "x.yaml:3: tokenizer: unknown key");
  CHECK(error_with("data: {train: a}\n").starts_with("x.yaml:3: data.train: unknown key"));
  CHECK(error_with("testing: {beam_size: 2}\n").starts_with("x.yaml:3: testing: unknown key"));
}

TEST_CASE("what makes no problem is refused", "[config]") {
  CHECK(error_with("data: {problem: sorting}\n") ==
        "x.yaml:3: data.problem: expected one of adding, copy, reverse, found \"sorting\"");
  CHECK(error_with("data: {length: 1}\n") ==
        "x.yaml:3: data.length: 1 is out of range; it must be at least 2");
  CHECK(error_with("model: {chrono_init: -1}\n") ==
        "x.yaml:3: model.chrono_init: -1 is out of range; it must be at least 0");
  CHECK(error_with("training: {early_stopping_metric: bleu}\n") ==
        "x.yaml:3: training.early_stopping_metric: bleu is not measured by this task; it must be "
        "one of loss, accuracy");
}

TEST_CASE("the listing of a synthetic problem's keys is an experiment of defaults", "[config]") {
  const std::vector<std::string> settings{"name=demo"};
  CHECK(parse_experiment(describe_keys(TaskType::memory), "keys.yaml", settings) ==
        memory_with(""));
}

TEST_CASE("chrono_init is a key of every task", "[config]") {
  CHECK(minimal_with({"model.chrono_init=50"}).model.chrono_init == 50);
  CHECK(parse_experiment("name: x\ntask: sentiment\ndata: {train: a, dev: b}\n"
                         "model: {chrono_init: 60}\n",
                         "x.yaml")
            .classifier.chrono_init == 60);
}

}  // namespace rondo
