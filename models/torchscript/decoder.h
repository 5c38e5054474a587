#pragma once

#include "models/options.h"
#include "models/torchscript/weights.h"

namespace rondo {

// The network's "decoder" with its embedding and output layer. Methods: remember, initial_state,
// decode (decoder.py); modules: embedding, output.
torch::jit::Module script_decoder(ScriptWeights& weights, const Seq2SeqOptions& options);

}  // namespace rondo
