#include "tests/models/reference_case.h"

#include <utility>

#include "tests/support/tensor_checks.h"

namespace rondo {

ReferenceCase::ReferenceCase(const std::string& file, std::string name)
    : name_(std::move(name)),
      file_(read_tensor_file(std::string(RONDO_REFERENCE_DIR "/models/") + file + ".safetensors")) {
}

torch::Tensor ReferenceCase::at(const std::string& kind, const std::string& name) const {
  return file_.tensors.at(name_ + "/" + kind + "/" + name).clone();
}

void ReferenceCase::load_parameters(torch::nn::Module& module) const {
  torch::NoGradGuard no_grad;
  const std::string prefix = name_ + "/parameter/";
  size_t expected = 0;
  for (const auto& [name, tensor] : file_.tensors) expected += name.starts_with(prefix);
  auto parameters = module.named_parameters();
  for (auto& parameter : parameters) {
    INFO(prefix + parameter.key());
    REQUIRE(file_.tensors.count(prefix + parameter.key()) == 1);
    const auto& stored = file_.tensors.at(prefix + parameter.key());
    REQUIRE(parameter.value().sizes() == stored.sizes());
    parameter.value().copy_(stored);
  }
  REQUIRE(parameters.size() == expected);
}

void ReferenceCase::require_output(const std::string& name, const torch::Tensor& actual) const {
  INFO(name_ + "/output/" + name);
  require_close(actual, output(name));
}

void ReferenceCase::require_gradients(const torch::nn::Module& module) const {
  for (const auto& parameter : module.named_parameters()) {
    INFO(name_ + "/gradient/" + parameter.key());
    REQUIRE(parameter.value().grad().defined());
    require_close(parameter.value().grad(), gradient(parameter.key()));
  }
}

}  // namespace rondo
