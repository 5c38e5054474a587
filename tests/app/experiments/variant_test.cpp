#include "app/experiments/variant.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Texts = std::vector<std::string>;

std::vector<Variant> grid(const Texts& texts) { return grid_of(parse_variations(texts)); }

TEST_CASE("a grid holds every combination, the last key changing fastest", "[experiments]") {
  const auto variants = grid(
      {"model.encoder.rnn_type+model.decoder.rnn_type=lstm,gru", "training.learning_rate=0.1,0.2"});
  REQUIRE(variants.size() == 4);
  CHECK(variants[0].name == "rnn_type=lstm,learning_rate=0.1");
  CHECK(variants[1].name == "rnn_type=lstm,learning_rate=0.2");
  CHECK(variants[3].label == "gru, 0.2");
  CHECK(variants[3].settings == Texts{"model.encoder.rnn_type=gru", "model.decoder.rnn_type=gru",
                                      "training.learning_rate=0.2"});
}

TEST_CASE("nothing varied is one variant", "[experiments]") {
  const auto variants = grid({});
  REQUIRE(variants.size() == 1);
  CHECK(variants[0].name == "unvaried");
  CHECK(variants[0].settings.empty());
}

TEST_CASE("a value that is empty or comes twice is refused", "[experiments]") {
  const auto error = [](const std::string& text) {
    return message_of<ConfigError>([&] { grid({text}); });
  };
  CHECK(error("a=1,") == "--vary a=1,: a value is empty");
  CHECK(error("a=1,2,1") == "--vary a=1,2,1: 1 twice");
}

TEST_CASE("one more variant may change several keys, with commas in their values",
          "[experiments]") {
  const Variant variant = parse_variant("slow:training.adam_betas=[0.9,0.98];training.epochs=3");
  CHECK(variant.name == "slow");
  CHECK(variant.settings == Texts{"training.adam_betas=[0.9,0.98]", "training.epochs=3"});
  for (const std::string wrong : {"slow", ":a=1", "slow:", "slow:a"}) {
    CHECK(message_of<ConfigError>([&] { parse_variant(wrong); }) ==
          "--also " + wrong + ": expected NAME:KEY=VALUE;KEY=VALUE");
  }
}

TEST_CASE("a name is that of a folder in any file system", "[experiments]") {
  CHECK(folder_name("data=a/b c,x=[1]") == "data=a-b-c,x=-1-");
  CHECK(folder_name(std::string(300, 'x')).size() == 100);
}

TEST_CASE("names that became equal by cutting are told apart", "[experiments]") {
  const std::string longest(120, 'v');
  const auto variants = grid({"key=" + longest + "1," + longest + "2," + longest + "3"});
  CHECK(variants[1].name == variants[0].name + "-2");
  CHECK(variants[2].name == variants[0].name + "-3");
  CHECK(variants[2].settings[0] == "key=" + longest + "3");
}

}  // namespace
}  // namespace rondo
