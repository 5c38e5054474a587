#include "app/metrics/classification.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

// Ten examples of three classes; rows are true classes.
const ConfusionMatrix kThree{3, {2, 1, 0, 0, 3, 1, 1, 0, 2}};

// Class 1 has an example and was never predicted; class 2 occurs nowhere.
const ConfusionMatrix kOdd{3, {3, 0, 0, 1, 0, 0, 0, 0, 0}};

}  // namespace

TEST_CASE("the likeliest class is decided for, the first of equals", "[metrics]") {
  const ClassPredictions three{3, {0.2f, 0.5f, 0.3f, 0.4f, 0.2f, 0.4f}, {0, 0}};
  CHECK(three.decided() == std::vector<int64_t>{1, 0});
  CHECK(three.decided(0.9) == three.decided());
}

TEST_CASE("of two classes the second is decided for from the threshold on", "[metrics]") {
  const ClassPredictions two{2, {0.75f, 0.25f, 0.5f, 0.5f, 0.25f, 0.75f}, {0, 0, 0}};
  CHECK(two.decided() == std::vector<int64_t>{0, 1, 1});
  CHECK(two.decided(0.25) == std::vector<int64_t>{1, 1, 1});
  CHECK(two.decided(0.8) == std::vector<int64_t>{0, 0, 0});
}

TEST_CASE("a confusion matrix counts each example as often as it was drawn", "[metrics]") {
  const std::vector<int64_t> truth{0, 0, 1, 1}, said{0, 1, 1, 1};
  CHECK(confusion_matrix(truth, said, 2).counts == std::vector<int64_t>{1, 1, 0, 2});
  const std::vector<uint32_t> draws{3, 0, 1, 0};
  CHECK(confusion_matrix(truth, said, 2, draws).counts == std::vector<int64_t>{3, 0, 0, 1});
}

TEST_CASE("precision, recall and F1 of a class are those worked by hand", "[metrics]") {
  const ClassScores scores = class_scores(ConfusionMatrix{2, {1, 1, 0, 2}}, 1);
  CHECK(scores.precision == Approx(2.0 / 3));
  CHECK(scores.recall == 1);
  CHECK(scores.f1 == Approx(0.8));
  CHECK(scores.support == 2);
}

TEST_CASE("averages over classes are those worked by hand", "[metrics]") {
  CHECK(accuracy(kThree) == Approx(0.7));
  CHECK(macro_f1(kThree) == Approx((2.0 / 3 + 3.0 / 4 + 2.0 / 3) / 3));
  CHECK(weighted_scores(kThree).f1 == Approx(0.7));
  CHECK(macro_scores(kThree).precision == Approx(25.0 / 36));
}

TEST_CASE("what cannot be measured of a class is not a number", "[metrics]") {
  CHECK(std::isnan(class_scores(kOdd, 1).precision));
  CHECK(class_scores(kOdd, 1).recall == 0);
  CHECK(class_scores(kOdd, 1).f1 == 0);
  CHECK(std::isnan(class_scores(kOdd, 2).f1));
}

TEST_CASE("the macro F1 leaves out a class that occurs nowhere", "[metrics]") {
  CHECK(macro_f1(kOdd) == Approx((6.0 / 7 + 0) / 2));
}

TEST_CASE("Matthews' correlation is the one worked by hand", "[metrics]") {
  CHECK(matthews(kThree) == Approx(6.0 / 11));
  CHECK(matthews({2, {1, 1, 0, 2}}) == Approx(1 / std::sqrt(3)));
  CHECK(matthews({2, {5, 0, 0, 7}}) == 1);
  CHECK(matthews({2, {0, 5, 7, 0}}) == -1);
}

TEST_CASE("Matthews' correlation of one class only is not a number", "[metrics]") {
  CHECK(std::isnan(matthews(kOdd)));
  CHECK(std::isnan(matthews({2, {0, 0, 2, 3}})));
}

TEST_CASE("distance and kappa of ordered classes are those worked by hand", "[metrics]") {
  CHECK(class_distance(kThree) == Approx(0.4));
  CHECK(quadratic_kappa(kThree) == Approx(0.5));
  CHECK(quadratic_kappa({2, {3, 0, 0, 4}}) == 1);
  CHECK(std::isnan(quadratic_kappa({2, {3, 0, 0, 0}})));
}

TEST_CASE("nothing can be measured without an example", "[metrics]") {
  const ConfusionMatrix none{2, {0, 0, 0, 0}};
  CHECK(std::isnan(accuracy(none)));
  CHECK(std::isnan(macro_f1(none)));
  CHECK(std::isnan(matthews(none)));
  CHECK(std::isnan(class_distance(none)));
  CHECK(std::isnan(quadratic_kappa(none)));
}
