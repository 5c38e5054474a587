#pragma once

#include <string>

#include "models/options.h"
#include "models/torchscript/weights.h"

namespace rondo {

// One recurrent layer of the network, as models/recurrent.h. Method:
//   forward(inputs [time, batch, input], state: List[Tensor]) -> (states [time, batch, hidden],
//   last)
// where a state is [hidden, cell] for an LSTM and [hidden] for others, and an empty one is zeros.
struct ScriptLayer {
  std::string name;  // of the layer in the network: "decoder.layer_0"
  RnnType type = RnnType::lstm;
  Nonlinearity nonlinearity = Nonlinearity::tanh;
  std::string norm{};     // "decoder.norm_0", where its states are normalised; else empty
  int64_t direction = 0;  // of the norm
};

torch::jit::Module script_recurrent(ScriptWeights& weights, const ScriptLayer& layer);

}  // namespace rondo
