#include "app/decoding/coverage.h"

#include <cmath>

#include "tests/support/catch_torch.h"

using namespace rondo;

TEST_CASE("coverage costs the logarithm of what each source token lacks", "[decoding]") {
  const auto received = torch::tensor({{0.5, 1.7, 1.0, 0.0}, {0.25, 0.25, 0.0, 0.0}});
  const auto mask = torch::tensor({{1, 1, 1, 0}, {1, 1, 0, 0}}).to(torch::kBool);
  const auto penalty = coverage_penalty(received, mask, 0.2);
  REQUIRE(penalty[0].item<double>() == Approx(0.2 * std::log(0.5)));
  REQUIRE(penalty[1].item<double>() == Approx(0.2 * 2 * std::log(0.25)));
}

TEST_CASE("a source token never looked at has a finite cost", "[decoding]") {
  const auto penalty =
      coverage_penalty(torch::zeros({1, 1}), torch::ones({1, 1}, torch::kBool), 1.0);
  REQUIRE(std::isfinite(penalty.item<float>()));
  REQUIRE(penalty.item<float>() < -20);
}
