#include "app/decoding/method_comparison.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

Explanation weighted(ExplainMethod method, const std::vector<double>& weights) {
  Explanation explanation{.method = method};
  for (size_t i = 0; i < weights.size(); ++i) {
    explanation.weights.words.push_back({std::string(1, static_cast<char>('a' + i)), weights[i]});
  }
  return explanation;
}

double agreement(const Explanation& first, const Explanation& second) {
  const std::vector<Explanation> both = {first, second};
  return agreements_of(both).front().correlation;
}

}  // namespace

TEST_CASE("methods that order the words alike agree fully, whatever their scale", "[decoding]") {
  const auto gradient = weighted(ExplainMethod::gradient, {1, -2, 3, 0});
  CHECK(agreement(gradient, weighted(ExplainMethod::integrated, {10, -1, 11, 0.5})) == Approx(1));
  CHECK(agreement(gradient, weighted(ExplainMethod::integrated, {-1, 2, -3, 0})) == Approx(-1));
  // Ranks 3 1 4 2 beside 3 4 1 2: 1 - 6 (9 + 9) / (4 (16 - 1)).
  CHECK(agreement(gradient, weighted(ExplainMethod::leave_one_out, {2, 3, 0, 1})) == Approx(-0.8));
}

TEST_CASE("beside attention the size of a weight counts, not its sign", "[decoding]") {
  const auto attention = weighted(ExplainMethod::attention, {0.1, 0.6, 0.3});
  CHECK(agreement(attention, weighted(ExplainMethod::gradient, {1, -9, 3})) == Approx(1));
}

TEST_CASE("every pair of methods is compared once", "[decoding]") {
  const std::vector<Explanation> four = {
      weighted(ExplainMethod::attention, {1, 2}), weighted(ExplainMethod::gradient, {1, 2}),
      weighted(ExplainMethod::integrated, {1, 2}), weighted(ExplainMethod::leave_one_out, {2, 1})};
  CHECK(agreements_of(four).size() == 6);
  CHECK(agreements_of({four.data(), 1}).empty());
  CHECK(mean_agreement(agreements_of(four)) == Approx(0));
}

TEST_CASE("a method that gives all words one weight takes no part in the mean", "[decoding]") {
  const std::vector<Explanation> three = {weighted(ExplainMethod::gradient, {1, 2, 3}),
                                          weighted(ExplainMethod::integrated, {1, 2, 3}),
                                          weighted(ExplainMethod::leave_one_out, {0, 0, 0})};
  CHECK(mean_agreement(agreements_of(three)) == Approx(1));
  CHECK(std::isnan(mean_agreement({})));
}

TEST_CASE("the verdict warns where methods differ or words are few", "[decoding]") {
  const auto verdict = [](double correlation, size_t words) {
    const MethodAgreement agreement{.correlation = correlation};
    return verdict_on({&agreement, 1}, words);
  };
  CHECK(verdict(0.8, 9) == "the methods agree closely (mean rank correlation 0.80)");
  CHECK(verdict(0.5, 9) ==
        "the methods agree in part (mean rank correlation 0.50): trust what all of them say, no "
        "more");
  CHECK(verdict(0.1, 9) ==
        "the methods hardly agree (mean rank correlation 0.10): trust none of them alone");
  CHECK(verdict(1, 3) == "too few words for a rank correlation to mean much");
  CHECK(verdict(NAN, 9) == "no two methods tell the words apart, so nothing can be compared");
}

TEST_CASE("the map shows each method in relation to its own largest weight", "[decoding]") {
  const std::vector<Explanation> two = {weighted(ExplainMethod::gradient, {1, -4}),
                                        weighted(ExplainMethod::leave_one_out, {0, 0})};
  const HeatMap map = method_map(two);
  CHECK(map.rows == std::vector<std::string>{"a", "b"});
  CHECK(map.columns == std::vector<std::string>{"gradient", "leave-one-out"});
  CHECK(map.values == std::vector<std::vector<float>>{{0.25f, 0}, {-1, 0}});
}
