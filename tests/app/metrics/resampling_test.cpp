#include "app/metrics/resampling.h"

#include <cmath>
#include <numeric>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

// The share of examples before the middle one.
ScoresOfDraws first_half_share(size_t examples) {
  return [examples](Draws draws) -> std::vector<double> {
    int64_t first = 0;
    for (size_t i = 0; i < examples / 2; ++i) first += times_drawn(draws, i);
    return {static_cast<double>(first) / static_cast<double>(examples)};
  };
}

Measured measured(size_t examples, const BootstrapOptions& options) {
  return with_intervals(static_cast<int64_t>(examples), first_half_share(examples), options)[0];
}

}  // namespace

TEST_CASE("a resampled text has as many examples as the text", "[metrics]") {
  const auto total = [](Draws draws) -> std::vector<double> {
    return {static_cast<double>(std::accumulate(draws.begin(), draws.end(), uint32_t{0}))};
  };
  const Measured examples = with_intervals(17, total, {.samples = 50})[0];
  CHECK(examples.value == 0);  // of the text itself there are no draws
  CHECK(examples.low == 17);
  CHECK(examples.high == 17);
}

TEST_CASE("an interval holds the number itself and narrows with the square root", "[metrics]") {
  const Measured small = measured(100, {}), large = measured(10000, {});
  CHECK(small.low < small.value);
  CHECK(small.value < small.high);
  CHECK(large.low < large.value);
  CHECK(large.value < large.high);
  // 1.96 standard errors to each side.
  CHECK(small.high - small.low == Approx(2 * 1.96 * 0.05).epsilon(0.1));
  CHECK(large.high - large.low == Approx(2 * 1.96 * 0.005).epsilon(0.1));
}

TEST_CASE("equal options give equal intervals, another seed others", "[metrics]") {
  CHECK(measured(1000, {}).low == measured(1000, {}).low);
  CHECK(measured(1000, {.seed = 1}).low != measured(1000, {.seed = 2}).low);
}

TEST_CASE("texts in which nothing can be measured have no part in an interval", "[metrics]") {
  const auto only_with_first = [](Draws draws) -> std::vector<double> {
    return {times_drawn(draws, 0) == 0 ? kNotMeasured : 5.0};
  };
  const Measured number = with_intervals(2, only_with_first, {})[0];
  CHECK(number.low == 5);
  CHECK(number.high == 5);
}

TEST_CASE("there is no interval without samples, examples or a number", "[metrics]") {
  CHECK(std::isnan(measured(100, {.samples = 0}).low));
  const auto nothing = [](Draws) -> std::vector<double> { return {kNotMeasured}; };
  CHECK(std::isnan(with_intervals(3, nothing, {})[0].high));
  CHECK(std::isnan(with_intervals(0, nothing, {})[0].high));
}
