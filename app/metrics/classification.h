#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/metrics/resampling.h"

// Metrics of classifiers. Pure: probabilities and true labels in, numbers out. Where scikit-learn
// has a metric, the number is scikit-learn's, but one that has nothing to measure (no example of a
// class, one class only) is not-a-number, never 0. `draws` says how often each example counts.
namespace rondo {

// What a classifier said of n examples.
struct ClassPredictions {
  int64_t classes = 0;
  std::vector<float> probabilities{};  // [n * classes]
  std::vector<int64_t> truth{};        // [n], in [0, classes)
  int64_t size() const { return static_cast<int64_t>(truth.size()); }
  std::span<const float> row(size_t example) const {  // [classes]
    const auto width = static_cast<size_t>(classes);
    return std::span(probabilities).subspan(example * width, width);
  }
  // The likeliest class, the first of equals; of two classes, class 1 where its probability is at
  // least `threshold`.
  std::vector<int64_t> decided(double threshold = 0.5) const;
};

// counts[truth * classes + predicted]
struct ConfusionMatrix {
  int64_t classes = 0;
  std::vector<int64_t> counts{};
  int64_t at(int64_t truth, int64_t predicted) const {
    return counts[static_cast<size_t>(truth * classes + predicted)];
  }
};
ConfusionMatrix confusion_matrix(std::span<const int64_t> truth, std::span<const int64_t> predicted,
                                 int64_t classes, Draws draws = {});

// Examples of one class: that are of it, that were said to be, and both.
struct ClassCounts {
  int64_t truth = 0, predicted = 0, right = 0;
};
std::vector<ClassCounts> class_counts(const ConfusionMatrix& matrix);

struct ClassScores {
  double precision = 0, recall = 0, f1 = 0;
  int64_t support = 0;  // true examples
};
// precision is NaN where the class was never predicted, recall where it has no example; f1 then is
// 0 where one of them can be measured, NaN where the class occurs nowhere.
ClassScores class_scores(const ClassCounts& counts);
ClassScores class_scores(const ConfusionMatrix& matrix, int64_t label);

// Means over the classes that occur in truth or predictions, what is NaN counting as 0: as
// scikit-learn's with zero_division=0. weighted: by support.
struct AverageScores {
  double precision = 0, recall = 0, f1 = 0;
};
AverageScores macro_scores(const ConfusionMatrix& matrix);
AverageScores weighted_scores(const ConfusionMatrix& matrix);
double macro_f1(const ConfusionMatrix& matrix);

// Also the F1 of all classes' counts together: each example is one prediction and one truth.
double accuracy(const ConfusionMatrix& matrix);
// Matthews' correlation for any number of classes (Gorodkin 2004, R_K); NaN where truth or
// predictions hold one class only.
double matthews(const ConfusionMatrix& matrix);

// For classes that stand in order. Mean distance of the predicted class from the true one; and
// kappa weighted by its square (Cohen 1968), NaN where all is of one class.
double class_distance(const ConfusionMatrix& matrix);
double quadratic_kappa(const ConfusionMatrix& matrix);

// Area under the ROC curve of scores for a yes-or-no truth (1 or 0): ties count a half.
double roc_auc(std::span<const double> scores, std::span<const uint8_t> truth);
// Two classes: of class 1. More: the mean over classes, each against the rest; those without an
// example are left out.
double roc_auc(const ClassPredictions& predictions);

// Mean nats; probabilities clipped to double's epsilon.
double log_loss(const ClassPredictions& predictions);
// Mean squared distance of the probabilities from the truth's 0 and 1, summed over classes (Brier
// 1950); half of that for two classes.
double brier_score(const ClassPredictions& predictions);

// One bar of a reliability diagram; NaN where count is 0.
struct ReliabilityBin {
  double confidence = 0;  // mean probability of the likeliest class
  double accuracy = 0;    // share of them that are right
  int64_t count = 0;
};
// Equal-width bins of confidence in (0, 1] (Guo et al. 2017).
std::vector<ReliabilityBin> reliability(const ClassPredictions& predictions, int64_t bins = 15);
// The mean distance of confidence from accuracy, by the bins' counts. Noise only ever adds to it,
// so resampled texts lie a little high.
double expected_calibration_error(const ClassPredictions& predictions, int64_t bins = 15);

// Multi-label: what was said of each label of each example.
struct LabelPredictions {
  int64_t labels = 0;
  std::vector<float> probabilities{};  // [n * labels]
  std::vector<uint8_t> truth{};        // [n * labels], 0 or 1
  int64_t size() const { return labels == 0 ? 0 : static_cast<int64_t>(truth.size()) / labels; }
};
struct MultiLabelScores {
  double subset_accuracy = 0;  // all labels right
  double hamming_loss = 0;     // share of labels that are wrong
  double micro_precision = 0, micro_recall = 0, micro_f1 = 0;
  double macro_f1 = 0;  // over all labels; one that occurs nowhere counts as 0, as in scikit-learn
  std::vector<ClassScores> by_label{};
};
// A label is given where its probability is at least the threshold.
MultiLabelScores multi_label_scores(const LabelPredictions& predictions, double threshold = 0.5);
double roc_auc(const LabelPredictions& predictions);  // the mean over labels, as over classes

// Numbers.
struct ValuePredictions {
  std::vector<double> predicted{}, truth{};  // [n]
};
double mean_absolute_error(std::span<const double> predicted, std::span<const double> truth,
                           Draws draws = {});
double root_mean_squared_error(std::span<const double> predicted, std::span<const double> truth,
                               Draws draws = {});
// NaN where all x or all y are equal. spearman: of ranks; equal numbers share their mean rank.
double pearson(std::span<const double> x, std::span<const double> y, Draws draws = {});
double spearman(std::span<const double> x, std::span<const double> y);

}  // namespace rondo
