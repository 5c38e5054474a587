#include "models/torchscript/attention.h"

#include <cmath>

namespace rondo {
namespace {

const char* score_script(AttentionType type) {
  if (type == AttentionType::general) return "general";
  return type == AttentionType::additive ? "additive" : "dot";
}

}  // namespace

torch::jit::Module script_attention(ScriptWeights& weights, const DecoderOptions& options) {
  const AttentionType type = options.attention;
  const std::string name = "decoder.attention.";
  auto module = script_module("Attention");
  if (type == AttentionType::general || type == AttentionType::additive) {
    module.register_module("key", weights.linear(name + "key.weight", ""));
  } else {
    const double width = static_cast<double>(options.hidden_size);
    module.register_attribute("factor", c10::FloatType::get(),
                              type == AttentionType::scaled_dot ? 1.0 / std::sqrt(width) : 1.0);
  }
  if (type == AttentionType::additive) {
    module.register_module("query", weights.linear(name + "query.weight", name + "query.bias"));
    module.register_module("energy", weights.linear(name + "energy.weight", ""));
  }
  define_script(module, model_script(score_script(type)));
  define_script(module, model_script("attention"));
  return module;
}

}  // namespace rondo
