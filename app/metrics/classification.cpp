#include "app/metrics/classification.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace rondo {
namespace {

double as_double(int64_t number) { return static_cast<double>(number); }

double or_zero(double value) { return std::isnan(value) ? 0.0 : value; }

int64_t total(const ConfusionMatrix& matrix) {
  int64_t sum = 0;
  for (const int64_t count : matrix.counts) sum += count;
  return sum;
}

// The mean of the classes' scores with weight(counts) each.
template <typename Weight>
AverageScores average(const ConfusionMatrix& matrix, Weight weight_of) {
  AverageScores sum;
  double weights = 0;
  for (const ClassCounts& counts : class_counts(matrix)) {
    const ClassScores scores = class_scores(counts);
    const double weight = weight_of(counts);
    sum.precision += weight * or_zero(scores.precision);
    sum.recall += weight * or_zero(scores.recall);
    sum.f1 += weight * or_zero(scores.f1);
    weights += weight;
  }
  return {ratio(sum.precision, weights), ratio(sum.recall, weights), ratio(sum.f1, weights)};
}

}  // namespace

std::vector<int64_t> ClassPredictions::decided(double threshold) const {
  std::vector<int64_t> decisions;
  decisions.reserve(truth.size());
  for (size_t i = 0; i < truth.size(); ++i) {
    const auto chances = row(i);
    decisions.push_back(classes == 2
                            ? (chances[1] >= threshold ? 1 : 0)
                            : std::max_element(chances.begin(), chances.end()) - chances.begin());
  }
  return decisions;
}

ConfusionMatrix confusion_matrix(std::span<const int64_t> truth, std::span<const int64_t> predicted,
                                 int64_t classes, Draws draws) {
  ConfusionMatrix matrix{classes, std::vector<int64_t>(static_cast<size_t>(classes * classes))};
  for (size_t i = 0; i < truth.size(); ++i) {
    matrix.counts[static_cast<size_t>(truth[i] * classes + predicted[i])] += times_drawn(draws, i);
  }
  return matrix;
}

std::vector<ClassCounts> class_counts(const ConfusionMatrix& matrix) {
  std::vector<ClassCounts> counts(static_cast<size_t>(matrix.classes));
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    for (int64_t said = 0; said < matrix.classes; ++said) {
      counts[static_cast<size_t>(truth)].truth += matrix.at(truth, said);
      counts[static_cast<size_t>(said)].predicted += matrix.at(truth, said);
    }
    counts[static_cast<size_t>(truth)].right = matrix.at(truth, truth);
  }
  return counts;
}

ClassScores class_scores(const ClassCounts& counts) {
  const double right = as_double(counts.right);
  return {.precision = ratio(right, as_double(counts.predicted)),
          .recall = ratio(right, as_double(counts.truth)),
          .f1 = ratio(2 * right, as_double(counts.truth + counts.predicted)),
          .support = counts.truth};
}

ClassScores class_scores(const ConfusionMatrix& matrix, int64_t label) {
  ClassCounts counts{.right = matrix.at(label, label)};
  for (int64_t other = 0; other < matrix.classes; ++other) {
    counts.truth += matrix.at(label, other);
    counts.predicted += matrix.at(other, label);
  }
  return class_scores(counts);
}

AverageScores macro_scores(const ConfusionMatrix& matrix) {
  return average(matrix, [](const ClassCounts& counts) {
    return counts.truth + counts.predicted > 0 ? 1.0 : 0.0;
  });
}

AverageScores weighted_scores(const ConfusionMatrix& matrix) {
  return average(matrix, [](const ClassCounts& counts) { return as_double(counts.truth); });
}

double macro_f1(const ConfusionMatrix& matrix) { return macro_scores(matrix).f1; }

double accuracy(const ConfusionMatrix& matrix) {
  int64_t right = 0;
  for (int64_t c = 0; c < matrix.classes; ++c) right += matrix.at(c, c);
  return ratio(as_double(right), as_double(total(matrix)));
}

double matthews(const ConfusionMatrix& matrix) {
  int64_t all = 0, right = 0, crossed = 0, truth = 0, predicted = 0;  // the last three: products
  for (const ClassCounts& counts : class_counts(matrix)) {
    all += counts.truth;
    right += counts.right;
    crossed += counts.truth * counts.predicted;
    truth += counts.truth * counts.truth;
    predicted += counts.predicted * counts.predicted;
  }
  const double spread = as_double(all * all - truth) * as_double(all * all - predicted);
  return ratio(as_double(all * right - crossed), std::sqrt(spread));
}

double class_distance(const ConfusionMatrix& matrix) {
  int64_t distance = 0;
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    for (int64_t said = 0; said < matrix.classes; ++said) {
      distance += std::abs(truth - said) * matrix.at(truth, said);
    }
  }
  return ratio(as_double(distance), as_double(total(matrix)));
}

double quadratic_kappa(const ConfusionMatrix& matrix) {
  const std::vector<ClassCounts> counts = class_counts(matrix);
  double observed = 0, pairs = 0;  // pairs: of any example's truth with any other's prediction
  for (int64_t truth = 0; truth < matrix.classes; ++truth) {
    for (int64_t said = 0; said < matrix.classes; ++said) {
      const double weight = as_double((truth - said) * (truth - said));
      observed += weight * as_double(matrix.at(truth, said));
      pairs += weight * as_double(counts[static_cast<size_t>(truth)].truth) *
               as_double(counts[static_cast<size_t>(said)].predicted);
    }
  }
  return 1 - ratio(observed * as_double(total(matrix)), pairs);
}

}  // namespace rondo
