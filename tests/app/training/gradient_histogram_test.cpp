#include "app/training/gradient_histogram.h"

#include <limits>

#include "tests/support/catch_torch.h"

namespace rondo {

TEST_CASE("a histogram knows extremes, sums and the number of its numbers", "[training]") {
  const Histogram histogram = histogram_of(torch::tensor({{1.0F, -2.0F}, {0.0F, 4.0F}}));
  CHECK(histogram.minimum == -2);
  CHECK(histogram.maximum == 4);
  CHECK(histogram.sum == 3);
  CHECK(histogram.sum_of_squares == 21);
  CHECK(histogram.count == 4);
}

TEST_CASE("every number falls into the bucket that ends above it", "[training]") {
  torch::manual_seed(1);
  const auto numbers = torch::randn({1000}) * torch::pow(10, torch::randn({1000}));
  const Histogram histogram = histogram_of(numbers);
  REQUIRE(histogram.bounds.size() == histogram.counts.size());
  double below = -std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < histogram.bounds.size(); ++i) {
    const double bound = histogram.bounds[i];
    REQUIRE(bound > below);
    const auto inside =
        (numbers.to(torch::kFloat64) > below) & (numbers.to(torch::kFloat64) <= bound);
    REQUIRE(histogram.counts[i] == inside.sum().item<double>());
    below = bound;
  }
  CHECK(histogram.bounds.size() < 200);
}

TEST_CASE("zero has a bucket that ends at it, and runs of empty buckets are one", "[training]") {
  const Histogram histogram = histogram_of(torch::tensor({0.0F, 0.0F, 1.0F}));
  REQUIRE(histogram.counts == std::vector<double>{2, 0, 1});
  CHECK(histogram.bounds[0] == 0);
}

TEST_CASE("numbers that are not finite are left out", "[training]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  CHECK(histogram_of(torch::tensor({nan, 1.0F, infinity})).count == 1);
  const Histogram none = histogram_of(torch::tensor({nan}));
  CHECK(none.count == 0);
  CHECK(none.bounds.empty());
}

TEST_CASE("histograms carry the names of their parameters", "[training]") {
  const auto histograms = histograms_of({{"a", torch::zeros({2})}, {"b", torch::zeros({3})}},
                                        {torch::ones({2}), torch::ones({3})});
  REQUIRE(histograms.size() == 2);
  CHECK(histograms[1].name == "b");
  CHECK(histograms[1].histogram.count == 3);
}

}  // namespace rondo
