#include <algorithm>
#include <cmath>

#include "app/metrics/classification.h"
#include "app/metrics/ranking.h"

namespace rondo {
namespace {

// The mean over examples of term(i), each example as often as it was drawn.
template <typename Term>
double mean_of(size_t examples, Draws draws, Term term) {
  double sum = 0, count = 0;
  for (size_t i = 0; i < examples; ++i) {
    const auto times = static_cast<double>(times_drawn(draws, i));
    if (times == 0) continue;
    sum += times * term(i);
    count += times;
  }
  return ratio(sum, count);
}

// Asked of the numbers themselves: rounding leaves equal ones a variance above 0.
bool all_equal(std::span<const double> numbers, Draws draws) {
  size_t first = numbers.size();
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (times_drawn(draws, i) == 0) continue;
    if (first == numbers.size()) first = i;
    if (numbers[i] != numbers[first]) return false;
  }
  return true;
}

}  // namespace

double mean_absolute_error(std::span<const double> predicted, std::span<const double> truth,
                           Draws draws) {
  return mean_of(truth.size(), draws, [&](size_t i) { return std::abs(predicted[i] - truth[i]); });
}

double root_mean_squared_error(std::span<const double> predicted, std::span<const double> truth,
                               Draws draws) {
  return std::sqrt(mean_of(truth.size(), draws, [&](size_t i) {
    return (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
  }));
}

double pearson(std::span<const double> x, std::span<const double> y, Draws draws) {
  if (all_equal(x, draws) || all_equal(y, draws)) return kNotMeasured;
  const double x_mean = mean_of(x.size(), draws, [&](size_t i) { return x[i]; });
  const double y_mean = mean_of(y.size(), draws, [&](size_t i) { return y[i]; });
  const auto covariance = [&](auto u, double u_mean, auto v, double v_mean) {
    return mean_of(u.size(), draws, [&](size_t i) { return (u[i] - u_mean) * (v[i] - v_mean); });
  };
  const double spread =
      std::sqrt(covariance(x, x_mean, x, x_mean)) * std::sqrt(covariance(y, y_mean, y, y_mean));
  return std::clamp(ratio(covariance(x, x_mean, y, y_mean), spread), -1.0, 1.0);
}

double spearman(std::span<const double> x, std::span<const double> y) {
  return pearson(Ranking(x).mean_ranks(), Ranking(y).mean_ranks());
}

}  // namespace rondo
