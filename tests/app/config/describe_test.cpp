#include <sstream>

#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("the listing of keys says meaning, range and default", "[config]") {
  const std::string keys = describe_keys();
  CHECK(keys.find("  # target pieces with padding, or sentence pairs; small batches learn more an "
                  "epoch (a whole\n"
                  "  # number, at least 1)\n"
                  "  batch_size: 1200\n") != std::string::npos);
  CHECK(keys.find("    # Elman's simple RNN, LSTM or GRU (one of rnn, lstm, gru)\n"
                  "    rnn_type: lstm\n") != std::string::npos);
  CHECK(keys.starts_with("# what this experiment is called (text; required)\n# name:\n"));
  CHECK(keys.find("patience\n") == std::string::npos);
}

TEST_CASE("the listing is an experiment of defaults that lacks only what is required", "[config]") {
  const std::vector<std::string> settings{"name=demo", "data.src.lang=en", "data.trg.lang=it",
                                          "data.train=text/train", "data.dev=text/dev"};
  CHECK(parse_experiment(describe_keys(), "keys.yaml", settings) == minimal_with({}));
}

TEST_CASE("the listing names every key that is ever written", "[config]") {
  const std::string keys = describe_keys();
  std::istringstream yaml(to_yaml(minimal_with({})));
  for (std::string line; std::getline(yaml, line);) {
    const std::string name = line.substr(0, line.find(':') + 1);
    const std::string bare = name.substr(name.find_first_not_of(' '));
    CAPTURE(name);
    CHECK(keys.find(bare) != std::string::npos);
  }
}

TEST_CASE("no line of the listing passes 100 columns", "[config]") {
  std::istringstream keys(describe_keys());
  for (std::string line; std::getline(keys, line);) CHECK(line.size() <= 100);
}

}  // namespace rondo
