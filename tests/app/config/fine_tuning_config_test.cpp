#include "app/config/load.h"
#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::string error_with(const std::string& lines) { return error_of(kMinimalConfig + lines); }

std::string extra_error(const std::string& map) {
  return override_error("data.extra=[" + map + "]");
}

}  // namespace

TEST_CASE("a model and an encoder to start from exclude each other", "[config]") {
  CHECK(error_with("training:\n  load_model: a.rondo\n  load_encoder: b.rondo\n") ==
        "x.yaml:9: training.load_encoder: training.load_model brings its own encoder; give one of "
        "the two");
}

TEST_CASE("a new tokenizer needs an old one, and no moments of its rows", "[config]") {
  CHECK(override_error("training.reset_tokenizer=true") ==
        "--set training.reset_tokenizer: there is no other tokenizer: training.load_model and "
        "training.load_encoder are empty");
  CHECK(error_with("training: {load_model: a, reset_tokenizer: true, reset_optimizer: false}\n") ==
        "x.yaml:7: training.reset_optimizer: the moments of a checkpoint do not fit a new "
        "vocabulary; it must be true with training.reset_tokenizer");
  CHECK(error_with("training: {load_encoder: a, reset_tokenizer: true}\n") == "no error");
}

TEST_CASE("an empty name would freeze everything and is refused", "[config]") {
  CHECK(override_error("training.freeze=[encoder, '']") ==
        "--set training.freeze: a name is empty, which would mean all");
}

TEST_CASE("extra texts are read with weight and tag", "[config]") {
  const Experiment experiment =
      minimal_with({"data.extra=[{train: text/bt, weight: 0.5, tag: <bt>}, {train: text/web}]"});
  REQUIRE(experiment.data.extra.size() == 2);
  CHECK(experiment.data.extra[0] ==
        ExtraText{.files = {"text/bt.en", "text/bt.it"}, .weight = 0.5, .tag = "<bt>"});
  CHECK(experiment.data.extra[1] == ExtraText{.files = {"text/web.en", "text/web.it"}});
  CHECK(parse_experiment(to_yaml(experiment), "x.yaml") == experiment);
}

TEST_CASE("a weight that would leave a text out is refused", "[config]") {
  CHECK(extra_error("{train: a, weight: 0}").find("data.extra") != std::string::npos);
  CHECK(extra_error("{train: a, weight: -1}").find("data.extra") != std::string::npos);
  CHECK(extra_error("{train: a, weight: 1e-3}") == "no error");
}

TEST_CASE("a tag is one word, and none that has a meaning", "[config]") {
  CHECK(extra_error("{train: a, tag: back translated}") ==
        "--set data.extra: the tag 'back translated' must be one word without commas or quotes, "
        "as <bt>");
  CHECK(extra_error("{train: a, tag: <s>}") ==
        "--set data.extra: the tag '<s>' has a meaning already; take another, as <bt>");
  CHECK(extra_error("{train: a, tag: ''}") == "no error");
}

}  // namespace rondo
