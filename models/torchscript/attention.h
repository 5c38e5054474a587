#pragma once

#include "models/options.h"
#include "models/torchscript/weights.h"

namespace rondo {

// The network's "decoder.attention". Methods:
//   remember(states [source_time, batch, memory], mask [source_time, batch]) -> memory:
//   List[Tensor] forward(queries [time, rows, query], memory)
//     -> (context [time, rows, memory], weights [time, rows, source_time])
torch::jit::Module script_attention(ScriptWeights& weights, const DecoderOptions& options);

}  // namespace rondo
