#include "app/metrics/bootstrap.h"

#include "app/metrics/evaluation.h"
#include "app/metrics/pcg64.h"
#include "tests/app/metrics/metrics_reference.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

// One number a sentence; the score is its sum.
std::vector<double> sums(const StatisticsTable& table, const BootstrapOptions& options) {
  return resampled_scores(
      table, [](std::span<const double> sum) { return sum[0]; }, options);
}

}  // namespace

TEST_CASE("the generator draws what numpy's default_rng draws", "[metrics]") {
  // numpy.random.default_rng(seed).choice(bound, size=8)
  const auto drawn = [](uint64_t seed, uint32_t bound) {
    Pcg64 random(seed);
    std::vector<uint32_t> numbers;
    for (int i = 0; i < 8; ++i) numbers.push_back(random.below(bound));
    return numbers;
  };
  CHECK(drawn(12345, 1000) == std::vector<uint32_t>{699, 227, 788, 316, 204, 797, 642, 676});
  CHECK(drawn(123456789012345, 1000) ==
        std::vector<uint32_t>{719, 530, 852, 44, 577, 757, 355, 472});
  CHECK(drawn(1, 1) == std::vector<uint32_t>(8, 0));
}

TEST_CASE("equal options draw equal lines, another seed others", "[metrics]") {
  const StatisticsTable table{1, {1, 2, 4, 8, 16, 32}};
  CHECK(sums(table, {}) == sums(table, {}));
  CHECK(sums(table, {.seed = 1}) != sums(table, {.seed = 2}));
  CHECK(sums(table, {.samples = 7}).size() == 7);
}

TEST_CASE("a resampled text has as many lines as the text", "[metrics]") {
  for (double lines : sums({1, {1, 1, 1, 1, 1}}, {.samples = 20})) CHECK(lines == 5);
}

TEST_CASE("the interval leaves out one fortieth at each end", "[metrics]") {
  std::vector<double> scores;
  for (int i = 0; i < 80; ++i) scores.push_back((i * 37) % 80);
  const Confidence confidence = confidence_of(scores);
  CHECK(confidence.mean == Approx(39.5));
  CHECK(confidence.half_width == Approx(0.5 * (77 - 2)));
}

TEST_CASE("a system without difference from the baseline gets the least p there is", "[metrics]") {
  const std::vector<double> scores{1, 5, 2, 4};
  // No centred difference is above 0, so only the added one counts.
  CHECK(paired_p_value(scores, scores, 0) == Approx(1.0 / 5));
}

TEST_CASE("paired bootstrap gives sacreBLEU's means, intervals and p-values", "[metrics]") {
  const auto& paired = metrics_reference()["paired"];
  const auto references = paired["references"].get<std::vector<Lines>>();
  std::vector<SystemOutput> systems;
  for (const auto& lines : paired["systems"]) systems.push_back({"system", lines.get<Lines>()});
  for (const auto& [name, expected] : paired["results"].items()) {
    INFO(name);
    Metrics metrics;
    metrics.push_back(make_metric(name, {}));
    const auto results = evaluate_systems(systems, references, metrics, BootstrapOptions{});
    for (size_t i = 0; i < results.size(); ++i) {
      const MetricResult& result = results[i].metrics[0];
      // sacreBLEU adds in single precision here.
      CHECK(result.score == Approx(expected[i][0].get<double>()).margin(1e-6).epsilon(0));
      CHECK(result.confidence->mean == Approx(expected[i][1].get<double>()).margin(1e-4));
      CHECK(result.confidence->half_width == Approx(expected[i][2].get<double>()).margin(1e-4));
      CHECK(result.p_value.has_value() == (i > 0));
      if (i > 0) CHECK(*result.p_value == Approx(expected[i][3].get<double>()).margin(1e-9));
    }
  }
}
