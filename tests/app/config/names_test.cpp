#include "app/config/names.h"

#include <set>

#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

template <class E>
std::string all_names() {
  std::string all;
  for (const auto& entry : kNames<E>) all += std::string(yaml_name(entry.value)) + " ";
  return all;
}

// Every name, given as this key, comes back as the enumerator it stands for.
template <class E, class Field>
void check_key(const std::string& key, const Field& field) {
  for (const auto& [value, name] : kNames<E>) {
    CAPTURE(key, name);
    CHECK(from_name<E>(name) == value);
    CHECK(field(minimal_with({key + "=" + std::string(name)})) == value);
  }
}

}  // namespace

TEST_CASE("enumerators have the names of the documentation", "[config]") {
  CHECK(all_names<TaskType>() == "translation sentiment language_model memory ");
  CHECK(all_names<TokenizerModel>() == "unigram bpe char word ");
  CHECK(all_names<RnnType>() == "rnn lstm gru ");
  CHECK(all_names<Nonlinearity>() == "tanh relu ");
  CHECK(all_names<DecoderType>() == "gnmt luong bahdanau vanilla ");
  CHECK(all_names<AttentionType>() == "dot scaled_dot general additive ");
  CHECK(all_names<BridgeType>() == "zero last mean ");
  CHECK(all_names<BatchType>() == "token sentence ");
  CHECK(all_names<OptimizerType>() == "adam adamw sgd ");
  CHECK(all_names<Scheduling>() == "none plateau warmup_inverse_sqrt cosine step ");
  CHECK(all_names<Metric>() ==
        "loss ppl bleu chrf accuracy macro_f1 micro_f1 mcc auc mae rmse pearson spearman ");
  CHECK(all_names<Pooling>() == "last mean max concat attention ");
  CHECK(all_names<RecordFormat>() == "auto lines tsv csv jsonl fasttext ");
  CHECK(all_names<TargetType>() == "classes multi_label ordinal value ");
  CHECK(all_names<OnError>() == "stop skip ");
  CHECK(all_names<ClassWeights>() == "none balanced given ");
  CHECK(all_names<ThresholdChoice>() == "none accuracy f1 mcc ");
  CHECK(all_names<Precision>() == "auto fp32 bf16 int8 ");
  CHECK(all_names<DeviceChoice>() == "auto cpu cuda ");
  CHECK(all_names<MemoryProblem>() == "adding copy reverse ");
  CHECK(all_names<Normalization>() == "tokens batch none ");
}

TEST_CASE("a name outside the table is no enumerator", "[config]") {
  CHECK_FALSE(from_name<RnnType>("LSTM"));
  CHECK_FALSE(from_name<RnnType>(""));
}

TEST_CASE("every name can be given for its key", "[config]") {
  using E = const Experiment&;
  check_key<TokenizerModel>("tokenizer.model_type", [](E e) { return e.tokenizer.model_type; });
  check_key<RnnType>("model.encoder.rnn_type", [](E e) { return e.model.encoder.rnn_type; });
  check_key<RnnType>("model.decoder.rnn_type", [](E e) { return e.model.decoder.rnn_type; });
  check_key<Nonlinearity>("model.encoder.nonlinearity",
                          [](E e) { return e.model.encoder.nonlinearity; });
  check_key<Nonlinearity>("model.decoder.nonlinearity",
                          [](E e) { return e.model.decoder.nonlinearity; });
  check_key<DecoderType>("model.decoder.type", [](E e) { return e.model.decoder.type; });
  check_key<AttentionType>("model.decoder.attention",
                           [](E e) { return e.model.decoder.attention; });
  check_key<BridgeType>("model.decoder.init_hidden",
                        [](E e) { return e.model.decoder.init_hidden; });
  check_key<BatchType>("training.batch_type", [](E e) { return e.batching.batch_type; });
  check_key<OptimizerType>("training.optimizer", [](E e) { return e.training.optimizer; });
  check_key<Scheduling>("training.scheduling", [](E e) { return e.training.scheduling; });
  check_key<DeviceChoice>("training.device", [](E e) { return e.training.device; });
  check_key<Normalization>("training.normalization", [](E e) { return e.training.normalization; });
}

TEST_CASE("training takes every precision but int8", "[config]") {
  for (const auto precision : {Precision::automatic, Precision::fp32, Precision::bf16}) {
    const auto set = "training.precision=" + std::string(yaml_name(precision));
    CHECK(minimal_with({set}).training.precision == precision);
  }
  CHECK(error_of(kMinimalConfig + "training: {precision: int8}\n") ==
        "x.yaml:7: training.precision: expected one of auto, fp32, bf16, found \"int8\"");
}

TEST_CASE("every metric of some task can be watched", "[config]") {
  std::set<Metric> watched;
  for (const std::string targets : {"classes", "multi_label", "ordinal", "value", ""}) {
    for (const auto& [metric, name] : kNames<Metric>) {
      const std::string settings = "training: {early_stopping_metric: " + std::string(name) + "}\n";
      const std::string yaml =
          targets.empty()
              ? kMinimalConfig + settings
              : "name: x\ntask: sentiment\ndata: {train: a, dev: b, targets: " + targets + "}\n" +
                    settings;
      if (error_of(yaml) != "no error") continue;
      CHECK(parse_experiment(yaml, "x.yaml").training.early_stopping_metric == metric);
      watched.insert(metric);
    }
  }
  CHECK(watched.size() == kNames<Metric>.size());
}

}  // namespace rondo
