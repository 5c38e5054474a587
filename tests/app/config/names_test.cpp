#include "app/config/names.h"

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
  CHECK(all_names<TaskType>() == "translation ");
  CHECK(all_names<TokenizerModel>() == "unigram bpe char word ");
  CHECK(all_names<RnnType>() == "rnn lstm gru ");
  CHECK(all_names<Nonlinearity>() == "tanh relu ");
  CHECK(all_names<DecoderType>() == "gnmt luong bahdanau vanilla ");
  CHECK(all_names<AttentionType>() == "dot scaled_dot general additive ");
  CHECK(all_names<BridgeType>() == "zero last mean ");
  CHECK(all_names<BatchType>() == "token sentence ");
  CHECK(all_names<OptimizerType>() == "adam adamw sgd ");
  CHECK(all_names<Scheduling>() == "none plateau warmup_inverse_sqrt cosine step ");
  CHECK(all_names<Metric>() == "loss ppl bleu chrf ");
  CHECK(all_names<Precision>() == "auto fp32 bf16 ");
  CHECK(all_names<DeviceChoice>() == "auto cpu cuda ");
  CHECK(all_names<Normalization>() == "tokens batch none ");
}

TEST_CASE("a name outside the table is no enumerator", "[config]") {
  CHECK_FALSE(from_name<RnnType>("LSTM"));
  CHECK_FALSE(from_name<RnnType>(""));
}

TEST_CASE("every name can be given for its key", "[config]") {
  using E = const Experiment&;
  check_key<TaskType>("task", [](E e) { return e.task; });
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
  check_key<Metric>("training.early_stopping_metric",
                    [](E e) { return e.training.early_stopping_metric; });
  check_key<Precision>("training.precision", [](E e) { return e.training.precision; });
  check_key<DeviceChoice>("training.device", [](E e) { return e.training.device; });
  check_key<Normalization>("training.normalization", [](E e) { return e.training.normalization; });
}

}  // namespace rondo
