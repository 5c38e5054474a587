#include "app/decoding/ensemble_options.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

TEST_CASE("members weigh alike unless told, and their weights have the sum 1", "[decoding]") {
  CHECK(member_weights({}, 4) == std::vector<double>{0.25, 0.25, 0.25, 0.25});
  CHECK(member_weights({.weights = {3, 1}}, 2) == std::vector<double>{0.75, 0.25});
}

TEST_CASE("weights that are too few, or none, are refused", "[decoding]") {
  const auto message = [](const std::vector<double>& weights, size_t members) {
    return message_of<ConfigError>([&] { member_weights({.weights = weights}, members); });
  };
  CHECK(message({0.5, 0.3, 0.2}, 2) == "--weights: 3 for 2 models; give one each");
  CHECK_THAT(message({1, 0}, 2), ContainsSubstring("above 0"));
  CHECK_THAT(message({1, -2}, 2), ContainsSubstring("above 0"));
}

}  // namespace
}  // namespace rondo
