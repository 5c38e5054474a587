#pragma once

#include <map>
#include <string>

#include "models/int8_matrix.h"
#include "models/torchscript/script_module.h"

namespace rondo {

// A network's weights by name, in the form that one precision stores. A name asked for twice gives
// one tensor twice, which a file then holds once: so a tied output layer costs nothing.
class ScriptWeights {
 public:
  ScriptWeights(const torch::nn::Module& network, ScriptPrecision precision);

  // In fp32 the network's own memory. Throws c10::Error for a name that the network does not have.
  const torch::Tensor& full(const std::string& name) const;
  const torch::Tensor& stored(const std::string& name);  // float32, or bfloat16 under bf16
  const Int8Values& int8_rows(const std::string& name);

  // forward([..., from]) -> [..., to] float32. bias: a name, or empty for none.
  torch::jit::Module linear(const std::string& weight, const std::string& bias);
  // forward(tokens) -> vectors times scale, float32; vocabulary() -> int
  torch::jit::Module embedding(const std::string& weight, double scale);

  const ScriptPrecision precision;

 private:
  torch::jit::Module int8_linear(const std::string& weight, const std::string& bias);

  std::map<std::string, torch::Tensor> full_;
  std::map<std::string, torch::Tensor> stored_;
  std::map<std::string, Int8Values> int8_;
};

}  // namespace rondo
