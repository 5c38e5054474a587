#pragma once

#include <vector>

#include "app/report/gradient_health.h"
#include "models/options.h"

// What measured gradients mean. Torch-free.
namespace rondo {

inline constexpr double kReachShare = 0.01;  // of the nearest norm: so far a gradient reaches
// First step's norm over the last step's. Below: vanishing (Hochreiter 1991; Bengio et al. 1994).
// Above: exploding (Pascanu et al. 2013).
inline constexpr double kVanishing = 0.01, kExploding = 100;
inline constexpr int64_t kFewSteps = 5;  // fewer say nothing
// Of one update over the weights' own norm; a tenth of it is usual (Karpathy, CS231n).
inline constexpr double kGreatUpdate = 0.01;

// norms[s][k]: of the gradient k steps before the last of sentence s. Ratios compare the same
// sentences on both sides, so that lengths may differ.
GradientAlongTime along_time(const std::vector<std::vector<double>>& norms);

// What advice depends on besides a layer's measurements.
struct LayerSetting {
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  double forget_bias = 1;     // of an LSTM, mean of its units
  bool clipped = true;        // training clips gradients
  bool bidirectional = true;  // another layer reads the other way
  bool attended = true;       // some attention looks at every step
  bool pooled = false;        // its states are pooled into one vector
};

// Fills in verdict, reason and advice from the rest.
void judge(LayerHealth& health, const LayerSetting& setting);

// Healthy, then vanishing, then exploding; healthy where there is no layer.
Verdict worst_verdict(const GradientHealth& health);

}  // namespace rondo
