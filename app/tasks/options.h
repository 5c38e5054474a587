#pragma once

#include <string>
#include <vector>

#include "models/options.h"

namespace rondo {

enum class ClassWeights { none, balanced, given };

// By what the threshold of two classes is chosen on the development text; multi_label always takes
// micro F1.
enum class ThresholdChoice { none, accuracy, f1, mcc };

// What training a classifier adds to TrainingOptions.
struct ClassifyingOptions {
  ClassLossOptions loss;
  // balanced: examples / (classes * examples of the class), so that every class counts the same.
  ClassWeights class_weights = ClassWeights::none;
  std::vector<double> given_weights;  // in the order of the labels
  // A second pass over inputs moved this far along the loss's gradient, one norm a sentence (Miyato
  // et al. 2017, eq. 6); 0 = off.
  double adversarial_epsilon = 0.0;
  std::string pretrained_vectors;  // word vectors to begin with, as text; empty = none
  bool calibrate = true;           // fits testing.temperature on the development text
  ThresholdChoice choose_threshold = ThresholdChoice::none;

  bool operator==(const ClassifyingOptions&) const = default;
};

}  // namespace rondo
