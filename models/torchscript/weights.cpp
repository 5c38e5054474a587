#include "models/torchscript/weights.h"

namespace rondo {
namespace {

// The int8 kernels compute 16 rows at a time: fewer, as a classifier's logits, gain nothing by
// them.
constexpr int64_t kFewestInt8Rows = 16;

}  // namespace

ScriptWeights::ScriptWeights(const torch::nn::Module& network, ScriptPrecision chosen)
    : precision(chosen) {
  for (const auto& parameter : network.named_parameters()) {
    const auto weight = parameter.value().detach().to(torch::kCPU, torch::kFloat).contiguous();
    full_.emplace(parameter.key(), weight);
  }
}

const torch::Tensor& ScriptWeights::full(const std::string& name) const {
  const auto found = full_.find(name);
  TORCH_CHECK(found != full_.end(), "no weight ", name);
  return found->second;
}

const torch::Tensor& ScriptWeights::stored(const std::string& name) {
  if (precision != ScriptPrecision::bf16) return full(name);
  auto& weight = stored_[name];
  if (!weight.defined()) weight = full(name).to(torch::kBFloat16);
  return weight;
}

const Int8Values& ScriptWeights::int8_rows(const std::string& name) {
  auto& rows = int8_[name];
  if (!rows.values.defined()) rows = quantize_rows(full(name));
  return rows;
}

torch::jit::Module ScriptWeights::linear(const std::string& weight, const std::string& bias) {
  const bool many = full(weight).size(0) >= kFewestInt8Rows;
  if (precision == ScriptPrecision::int8 && many) return int8_linear(weight, bias);
  auto module = script_module("Linear");
  module.register_parameter("weight", stored(weight), /*is_buffer=*/false);
  if (bias.empty()) {
    module.register_attribute("bias", c10::OptionalType::ofTensor(), c10::IValue());
  } else {
    module.register_parameter("bias", stored(bias), /*is_buffer=*/false);
  }
  define_script(module, model_script("linear"));
  return module;
}

torch::jit::Module ScriptWeights::int8_linear(const std::string& weight, const std::string& bias) {
  auto module = script_module("Int8Linear");
  const Int8Values& rows = int8_rows(weight);
  module.register_buffer("values", rows.values);
  module.register_buffer("scales", rows.scales);
  module.register_attribute("bias", c10::OptionalType::ofTensor(),
                            bias.empty() ? c10::IValue() : c10::IValue(full(bias)));
  module.register_attribute("packed", c10::OptionalType::create(linear_params_type()),
                            c10::IValue());
  module.register_attribute("narrow", c10::BoolType::get(), false);
  define_script(module, model_script("int8_range"));
  define_script(module, model_script("int8_linear"));
  pack_quietly(module);
  return module;
}

torch::jit::Module ScriptWeights::embedding(const std::string& weight, double scale) {
  auto module = script_module("Embedding");
  module.register_attribute("scale", c10::FloatType::get(), scale);
  if (precision == ScriptPrecision::int8) {
    const Int8Values& rows = int8_rows(weight);
    module.register_buffer("values", rows.values);
    module.register_buffer("scales", rows.scales);
    define_script(module, model_script("int8_embedding"));
  } else {
    module.register_parameter("weight", stored(weight), /*is_buffer=*/false);
    define_script(module, model_script("embedding"));
  }
  return module;
}

}  // namespace rondo
