#pragma once

#include <cstdint>
#include <vector>

#include "app/metrics/classification.h"

// What is chosen on the development text after training, so that probabilities mean what they say.
namespace rondo {

// Logits of n examples and their true classes.
struct ClassLogits {
  int64_t classes = 0;
  std::vector<float> logits{};   // [n * classes]
  std::vector<int64_t> truth{};  // [n]
};

// The temperature T > 0 whose softmax(logits / T) has the least log loss (Guo et al. 2017), in
// [0.05, 20]; 1 where there is nothing to fit. The loss is convex in 1 / T, so it is found to 1e-6.
double fit_temperature(const ClassLogits& logits);

// softmax(logits / T), row by row, in double inside.
ClassPredictions calibrated(const ClassLogits& logits, double temperature);

enum class ThresholdGoal { accuracy, f1, mcc };  // f1: of class 1

// Two classes: the threshold on class 1's probability that does best by the goal: the middle
// between neighbouring probabilities, or between the outermost ones and 0 and 1; of equally good
// ones the one nearest to 0.5. 0.5 where there is nothing to choose: not two classes, or all of
// one.
double best_threshold(const ClassPredictions& predictions, ThresholdGoal goal);

// Multi-label: one threshold for all labels, by micro F1.
double best_threshold(const LabelPredictions& predictions);

}  // namespace rondo
