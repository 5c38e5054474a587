#include "models/torchscript/recurrent.h"

#include <string>

namespace rondo {
namespace {

// A cell with one state has the GRU's script, with functions of its own.
std::string float_script(const ScriptLayer& layer) {
  if (layer.type == RnnType::lstm) return std::string(model_script("lstm"));
  std::string script(model_script("gru"));
  if (layer.type == RnnType::gru) return script;
  const std::string gru = "torch.gru";
  const std::string rnn =
      layer.nonlinearity == Nonlinearity::relu ? "torch.rnn_relu" : "torch.rnn_tanh";
  for (size_t at = script.find(gru); at != std::string::npos; at = script.find(gru, at + 1)) {
    script.replace(at, gru.size(), rnn);
  }
  return script;
}

torch::jit::Module float_layer(ScriptWeights& weights, const ScriptLayer& layer) {
  auto module = script_module("Recurrent");
  for (const std::string part : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}) {
    module.register_parameter(part, weights.stored(layer.name + "." + part), /*is_buffer=*/false);
  }
  define_script(module, float_script(layer));
  define_script(module, model_script("recurrent"));
  return module;
}

torch::jit::Module int8_gates(ScriptWeights& weights, const ScriptLayer& layer) {
  auto module = script_module("Int8Recurrent");
  for (const std::string side : {"ih", "hh"}) {
    const Int8Values& rows = weights.int8_rows(layer.name + ".weight_" + side);
    module.register_buffer("values_" + side, rows.values);
    module.register_buffer("scales_" + side, rows.scales);
    module.register_buffer("bias_" + side, weights.full(layer.name + ".bias_" + side));
  }
  module.register_attribute("cell", c10::OptionalType::create(cell_params_type()), c10::IValue());
  define_script(module, model_script("int8_range"));
  define_script(module, model_script(layer.type == RnnType::lstm ? "int8_lstm" : "int8_gru"));
  define_script(module, model_script("int8_recurrent"));
  pack_quietly(module);
  return module;
}

// LibTorch has no quantised simple recurrence.
torch::jit::Module int8_rnn(ScriptWeights& weights, const ScriptLayer& layer) {
  auto module = script_module("Int8Rnn");
  module.register_module("from_input",
                         weights.linear(layer.name + ".weight_ih", layer.name + ".bias_ih"));
  module.register_module("from_state",
                         weights.linear(layer.name + ".weight_hh", layer.name + ".bias_hh"));
  module.register_attribute("relu", c10::BoolType::get(), layer.nonlinearity == Nonlinearity::relu);
  define_script(module, model_script("int8_rnn"));
  return module;
}

torch::jit::Module bare_layer(ScriptWeights& weights, const ScriptLayer& layer) {
  if (weights.precision != ScriptPrecision::int8) return float_layer(weights, layer);
  return layer.type == RnnType::rnn ? int8_rnn(weights, layer) : int8_gates(weights, layer);
}

}  // namespace

torch::jit::Module script_recurrent(ScriptWeights& weights, const ScriptLayer& layer) {
  if (layer.norm.empty()) return bare_layer(weights, layer);
  const int64_t hidden = weights.full(layer.name + ".weight_hh").size(1);
  const auto own = [&](const std::string& part) {  // clones, so that a file holds each half once
    return weights.full(layer.norm + part).narrow(0, layer.direction * hidden, hidden).clone();
  };
  auto module = script_module("Normalised");
  module.register_module("layer", bare_layer(weights, layer));
  module.register_parameter("gain", own(".weight"), /*is_buffer=*/false);
  module.register_parameter("bias", own(".bias"), /*is_buffer=*/false);
  define_script(module, model_script("normalised"));
  return module;
}

}  // namespace rondo
