#include <cmath>

#include "app/metrics/classification.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

const std::vector<double> kPredicted{1, 2, 3}, kTruth{1, 3, 5};

}  // namespace

TEST_CASE("errors of numbers are those worked by hand", "[metrics]") {
  CHECK(mean_absolute_error(kPredicted, kTruth) == Approx(1));
  CHECK(root_mean_squared_error(kPredicted, kTruth) == Approx(std::sqrt(5.0 / 3)));
}

TEST_CASE("numbers on a line correlate fully, whatever its slope", "[metrics]") {
  const std::vector<double> falling{7, 3, -1};
  CHECK(pearson(kPredicted, kTruth) == Approx(1));
  CHECK(pearson(kPredicted, falling) == Approx(-1));
}

TEST_CASE("only the order matters to Spearman, and equal numbers share their rank", "[metrics]") {
  const std::vector<double> curved{1, 8, 27}, tied{1, 2, 2, 3}, rising{1, 2, 3, 4};
  CHECK(spearman(kPredicted, curved) == Approx(1));
  CHECK(spearman(tied, rising) == Approx(4.5 / std::sqrt(4.5 * 5)));
}

TEST_CASE("equal numbers correlate with nothing", "[metrics]") {
  const std::vector<double> equal{0.1, 0.1, 0.1};
  CHECK(std::isnan(pearson(equal, kTruth)));
  CHECK(std::isnan(spearman(kTruth, equal)));
}

TEST_CASE("numbers count as often as they were drawn", "[metrics]") {
  const std::vector<uint32_t> draws{2, 0, 1};
  const std::vector<double> predicted{1, 1, 3}, truth{1, 1, 5};
  CHECK(mean_absolute_error(kPredicted, kTruth, draws) == mean_absolute_error(predicted, truth));
  CHECK(root_mean_squared_error(kPredicted, kTruth, draws) ==
        root_mean_squared_error(predicted, truth));
  CHECK(pearson(kPredicted, kTruth, draws) == Approx(pearson(predicted, truth)));
}

TEST_CASE("nothing can be measured of no numbers", "[metrics]") {
  CHECK(std::isnan(mean_absolute_error({}, {})));
  CHECK(std::isnan(root_mean_squared_error({}, {})));
  CHECK(std::isnan(pearson({}, {})));
  CHECK(std::isnan(spearman({}, {})));
}
