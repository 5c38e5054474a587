#include "app/training/frozen_parameters.h"

#include "app/errors.h"
#include "app/training/dry_run.h"
#include "app/training/parameters.h"
#include "models/classifier.h"
#include "models/seq2seq.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

std::string freeze_refusal(const std::vector<std::string>& beginnings) {
  Seq2Seq network(small_translator());
  return message_of<ConfigError>([&] { freeze_parameters(*network, beginnings); });
}

std::vector<std::string> parameter_names(const std::vector<NamedParameter>& parameters) {
  std::vector<std::string> names;
  for (const NamedParameter& parameter : parameters) names.push_back(parameter.name);
  return names;
}

}  // namespace

TEST_CASE("frozen parameters are those whose names begin so", "[training]") {
  Seq2Seq network(small_translator());
  freeze_parameters(*network, {"encoder.forward", "source_embedding"});
  int64_t frozen = 0;
  for (const auto& parameter : network->named_parameters()) {
    const std::string& name = parameter.key();
    const bool expected =
        name.starts_with("encoder.forward") || name.starts_with("source_embedding");
    CAPTURE(name);
    CHECK(parameter.value().requires_grad() != expected);
    frozen += expected;
  }
  CHECK(frozen == 5);  // four of the layer, and the embedding
  CHECK(distinct_parameters(*network).size() + 5 == all_parameters(*network).size());
}

TEST_CASE("the members of an ensemble are frozen alike", "[training]") {
  ClassifierOptions options = small_classifier();
  options.members = 2;
  Classifier network(options);
  freeze_parameters(*network, {"encoder", "embedding", "pool"});
  CHECK(parameter_names(distinct_parameters(*network)) ==
        std::vector<std::string>{"member_0.output.weight", "member_0.output.bias",
                                 "member_1.output.weight", "member_1.output.bias"});
}

TEST_CASE("a name that begins nothing is refused with those that there are", "[training]") {
  CHECK(freeze_refusal({"encoder", "embeding"}) ==
        "training.freeze: no parameter begins with 'embeding'; the model has target_embedding, "
        "source_embedding, encoder, decoder");
}

TEST_CASE("to freeze everything is refused", "[training]") {
  CHECK(freeze_refusal({"encoder", "decoder", "source_embedding", "target_embedding"})
            .starts_with("training.freeze: leaves nothing to learn"));
}

TEST_CASE("the summary of a model tells how much of it is frozen", "[training]") {
  Seq2Seq network(small_translator());
  const std::string before = parameter_summary(*network);
  CHECK(before.find("frozen") == std::string::npos);
  freeze_parameters(*network, {"source_embedding"});  // 9 pieces of width 5
  CHECK(parameter_summary(*network) == before + ", 45 of them frozen");
}

}  // namespace rondo
