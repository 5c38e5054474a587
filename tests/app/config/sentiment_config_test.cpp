#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

const std::string kSentiment =
    "name: demo\n"
    "task: sentiment\n"
    "data: {train: a.tsv, dev: b.tsv}\n";

Experiment sentiment_with(const std::string& lines) {
  return parse_experiment(kSentiment + lines, "x.yaml");
}

std::string error_with(const std::string& lines) { return error_of(kSentiment + lines); }

}  // namespace

TEST_CASE("a classifier's experiment has keys and defaults of its own", "[config]") {
  const Experiment experiment = sentiment_with("model: {classifier: {pooling: max}}\n");
  CHECK(experiment.task == TaskType::sentiment);
  CHECK(experiment.labelled.train == "a.tsv");
  CHECK(experiment.classifier.pooling == Pooling::max);
  CHECK(experiment.training.early_stopping_metric == Metric::accuracy);
  CHECK(error_with("model: {decoder: {type: gnmt}}\n") ==
        "x.yaml:4: model.decoder: unknown key; did you mean encoder?");
  CHECK(override_error("data.text_column=review") == "--set data.text_column: unknown key");
}

TEST_CASE("the task may be chosen on the command line", "[config]") {
  const std::string yaml = "name: demo\ndata: {train: a.tsv, dev: b.tsv}\n";
  const std::vector<std::string> overrides{"task=sentiment"};
  CHECK(parse_experiment(yaml, "x.yaml", overrides).task == TaskType::sentiment);
}

TEST_CASE("a classifier's experiment written and read is equal", "[config]") {
  const Experiment experiment = parse_experiment(
      "name: demo\n"
      "task: sentiment\n"
      "data:\n"
      "  train: t.csv\n"
      "  dev: d.csv\n"
      "  test: e.csv.gz\n"
      "  format: csv\n"
      "  text_column: review, long\n"
      "  label_column: '2'\n"
      "  weight_column: w\n"
      "  header: true\n"
      "  labels: ['no', 'yes, very', \"a\\tb\"]\n"
      "  max_length: 99\n"
      "  on_error: skip\n",
      "x.yaml");
  CHECK(experiment.labelled.labels == std::vector<std::string>{"no", "yes, very", "a\tb"});
  CHECK(parse_experiment(to_yaml(experiment), "config.yaml") == experiment);
}

TEST_CASE("class weights are a name or a number a label", "[config]") {
  CHECK(sentiment_with("training: {class_weights: balanced}\n").classifying.class_weights ==
        ClassWeights::balanced);
  const Experiment given = parse_experiment(
      kSentiment, "x.yaml",
      std::vector<std::string>{"data.labels=[a, b]", "training.class_weights=[1, 2.5]"});
  CHECK(given.classifying.given_weights == std::vector<double>{1, 2.5});
  CHECK(parse_experiment(to_yaml(given), "config.yaml") == given);
  CHECK(error_with("training: {class_weights: [1, 2]}\n") ==
        "x.yaml:4: training.class_weights: has 2 numbers, but data.labels 0 names; their order "
        "must be given");
  CHECK(error_with("training: {class_weights: some}\n") ==
        "x.yaml:4: training.class_weights: expected none, balanced, or a list of numbers, above 0, "
        "found \"some\"");
}

TEST_CASE("what validations watch must be measured", "[config]") {
  CHECK(error_with("training: {early_stopping_metric: bleu}\n") ==
        "x.yaml:4: training.early_stopping_metric: bleu is not measured by this task; it must be "
        "one of loss, accuracy, macro_f1, mcc, auc");
  CHECK(override_error("training.early_stopping_metric=accuracy") ==
        "--set training.early_stopping_metric: accuracy is not measured by this task; it must be "
        "one of loss, ppl, bleu, chrf");
}

TEST_CASE("a classifier's settings must not contradict each other", "[config]") {
  CHECK(error_with("testing: {max_length: 50, window_overlap: 50}\n") ==
        "x.yaml:4: testing.window_overlap: must be less than testing.max_length");
  const std::string values =
      "name: demo\ntask: sentiment\ndata: {train: a, dev: b, targets: value}\n"
      "training: {early_stopping_metric: rmse";
  CHECK(error_of(values + "}\n") == "no error");
  CHECK(error_of(values + ", r_drop_alpha: 1}\n") ==
        "x.yaml:4: training.r_drop_alpha: compares the probabilities of classes; data.targets must "
        "be classes");
}

TEST_CASE("the listing of a classifier's keys is an experiment of defaults", "[config]") {
  const std::vector<std::string> settings{"name=demo", "data.train=a.tsv", "data.dev=b.tsv"};
  CHECK(parse_experiment(describe_keys(TaskType::sentiment), "keys.yaml", settings) ==
        sentiment_with(""));
}

}  // namespace rondo
