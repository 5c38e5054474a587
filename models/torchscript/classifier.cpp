#include <optional>

#include "models/torchscript/encoder.h"
#include "models/torchscript/networks.h"

namespace rondo {
namespace {

const char* pool_script(Pooling pooling) {
  switch (pooling) {
    case Pooling::last:
      return "pool_last";
    case Pooling::mean:
      return "pool_mean";
    case Pooling::max:
      return "pool_max";
    case Pooling::concat:
      return "pool_concat";
    case Pooling::attention:
      return "pool_attention";
  }
  return "";
}

torch::jit::Module pool(ScriptWeights& weights, Pooling pooling) {
  auto module = script_module("Pool");
  if (pooling == Pooling::attention) {
    module.register_module("hidden", weights.linear("pool.hidden.weight", "pool.hidden.bias"));
    module.register_module("score", weights.linear("pool.score.weight", ""));
  }
  define_script(module, model_script("pool_padding"));
  define_script(module, model_script(pool_script(pooling)));
  return module;
}

torch::jit::Module single(ClassifierImpl& network, ScriptPrecision precision) {
  ScriptWeights weights(network, precision);
  auto module = script_module("Classifier");
  module.register_module("encoder",
                         script_encoder(weights, network.options.encoder, "embedding.weight", 1.0));
  module.register_module("pool", pool(weights, network.options.pooling));
  module.register_module("output", weights.linear("output.weight", "output.bias"));
  define_script(module, model_script("classifier"));
  return module;
}

}  // namespace

torch::jit::Module script_classifier(ClassifierImpl& network, ScriptPrecision precision) {
  if (network.options.members == 1) return single(network, precision);
  const auto members = network.members();
  std::optional<torch::jit::Module> others;
  for (auto member = members.rbegin(); member != members.rend(); ++member) {
    auto module = script_module("Ensemble");
    module.register_module("member", single(**member, precision));
    if (others) module.register_module("others", *others);
    define_script(module, model_script("ensemble"));
    others = module;
  }
  return others.value();
}

}  // namespace rondo
