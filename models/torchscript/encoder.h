#pragma once

#include <string>

#include "models/options.h"
#include "models/torchscript/weights.h"

namespace rondo {

// The network's "encoder" over the embedding of this name. Method:
//   forward(tokens [time, batch] int64, lengths [batch] int64)
//     -> (states [time, batch, directions * hidden], the top layer's last [batch, directions *
//        hidden], mask [time, batch] bool)
torch::jit::Module script_encoder(ScriptWeights& weights, const EncoderOptions& options,
                                  const std::string& embedding, double embedding_scale);

}  // namespace rondo
