#include <cmath>

#include "models/torchscript/decoder.h"
#include "models/torchscript/encoder.h"
#include "models/torchscript/networks.h"

namespace rondo {

torch::jit::Module script_seq2seq(Seq2SeqImpl& network, ScriptPrecision precision) {
  const Seq2SeqOptions& options = network.options;
  const double width = static_cast<double>(options.encoder.embedding_dim);
  ScriptWeights weights(network, precision);
  auto module = script_module("Seq2Seq");
  module.register_module(
      "encoder",
      script_encoder(weights, options.encoder,
                     options.tied_embeddings ? "embedding.weight" : "source_embedding.weight",
                     options.scale_embeddings ? std::sqrt(width) : 1.0));
  module.register_module("decoder", script_decoder(weights, options));
  define_script(module, model_script("seq2seq"));
  return module;
}

}  // namespace rondo
