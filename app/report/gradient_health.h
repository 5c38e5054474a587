#pragma once

#include <cstdint>
#include <string>
#include <vector>

// How well a network learns through time, layer by layer. Torch-free, so that pages, logs and tests
// need no tensor.
namespace rondo {

enum class Verdict { healthy, vanishing, exploding };

// The gradient along a layer's own time, in each sentence counted back from its last step: [0] is
// the last step's, the nearest to the end.
struct GradientAlongTime {
  // Of the gradient with respect to the state (of an LSTM hidden state and cell), mean of
  // sentences.
  std::vector<double> norms{};
  // Steps back until the norm first falls to kReachShare of the nearest; norms.size() where it
  // never does.
  int64_t reach = 0;
  double first_to_last = 1;  // the sequence's first step over its last; above 1 it grows backwards
};

struct LayerHealth {
  std::string name{};         // of the module: "encoder.forward_0"
  GradientAlongTime total{};  // of the loss, by every way it takes: attention, readout, recurrence
  GradientAlongTime carried{};  // of the last step alone, by the recurrence alone
  double saturated = 0;         // share of gates (of a simple RNN: states) beyond kSaturated
  double spectral_radius = 0;   // greatest of its recurrent matrices, one a gate
  double update_ratio =
      0;  // norm of one update over norm of the weights; not a number = not measured
  Verdict verdict = Verdict::healthy;
  std::string
      reason{};  // "falls to 0.00031 of the last step's over 48 steps; below 0.01 is vanishing"
  std::string advice{};  // one line; empty where there is nothing to do
};

struct GradientHealth {
  int64_t update = 0;
  int64_t sentences = 0, steps = 0;  // of the sample that was looked at; steps of the longest
  double gradient_norm = 0;          // of the sample's loss, all parameters, mean over targets
  double dead_embeddings = 0;        // share of rows; not a number = the network has none
  std::string dead_embeddings_of{};  // what share that is: "never updated" or "not in the sample"
  std::vector<LayerHealth> layers{};
};

}  // namespace rondo
