#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "models/torchscript/networks.h"
#include "tests/support/tensor_checks.h"

namespace rondo {

// What another process would see: the module after a round trip through a file's bytes.
inline torch::jit::Module reloaded(const torch::jit::Module& module) {
  std::stringstream file;
  module.save(file);
  return torch::jit::load(file);
}

inline size_t file_size(const torch::jit::Module& module) {
  std::stringstream file;
  module.save(file);
  return file.str().size();
}

inline torch::Tensor forward(torch::jit::Module module, std::vector<c10::IValue> inputs) {
  const torch::NoGradGuard no_grad;
  return module.forward(std::move(inputs)).toTensor();
}

struct ScriptStart {
  c10::IValue memory, state;  // List[Tensor] each
};

inline ScriptStart start(torch::jit::Module& twin, const torch::Tensor& source,
                         const torch::Tensor& lengths) {
  const auto result = twin.get_method("start")({source, lengths}).toTuple();
  return {result->elements()[0], result->elements()[1]};
}

struct ScriptStep {
  torch::Tensor logits, attention;
  c10::IValue state;
};

inline ScriptStep step(torch::jit::Module& twin, const torch::Tensor& tokens,
                       const ScriptStart& from) {
  const auto result = twin.get_method("step")({tokens, from.memory, from.state}).toTuple();
  return {result->elements()[0].toTensor(), result->elements()[1].toTensor(),
          result->elements()[2]};
}

// Fails unless calling the method throws, saying `text`.
inline void require_refusal(torch::jit::Module module, const std::string& method,
                            std::vector<c10::IValue> inputs, const std::string& text) {
  std::string message;
  try {
    module.get_method(method)(std::move(inputs));
  } catch (const std::exception& error) {
    message = error.what();
  }
  INFO(message);
  REQUIRE(message.find(text) != std::string::npos);
}

}  // namespace rondo
