#include "models/torchscript/encoder.h"

#include <optional>

#include "models/torchscript/recurrent.h"

namespace rondo {
namespace {

// A script cannot loop over modules of different classes, so each layer holds the one above it.
torch::jit::Module layers(ScriptWeights& weights, const EncoderOptions& options) {
  std::optional<torch::jit::Module> above;
  for (int64_t layer = options.num_layers - 1; layer >= 0; --layer) {
    const std::string number = std::to_string(layer);
    const auto direction = [&](const std::string& name, int64_t place) {
      return script_recurrent(weights, {.name = "encoder." + name + "_" + number,
                                        .type = options.rnn_type,
                                        .nonlinearity = options.nonlinearity,
                                        .norm = options.layer_norm ? "encoder.norm_" + number : "",
                                        .direction = place});
    };
    auto module = script_module("EncoderLayer");
    module.register_module("ahead", direction("forward", 0));
    if (options.bidirectional) module.register_module("back", direction("backward", 1));
    if (above) module.register_module("above", *above);
    module.register_attribute("residual", c10::BoolType::get(), options.residual && layer > 0);
    define_script(module, model_script("encoder_layer"));
    above = module;
  }
  return above.value();
}

}  // namespace

torch::jit::Module script_encoder(ScriptWeights& weights, const EncoderOptions& options,
                                  const std::string& embedding, double embedding_scale) {
  auto module = script_module("Encoder");
  module.register_module("embedding", weights.embedding(embedding, embedding_scale));
  module.register_module("layers", layers(weights, options));
  define_script(module, model_script("encoder"));
  return module;
}

}  // namespace rondo
