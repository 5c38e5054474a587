#pragma once

#include <string>

#include "app/storage/tensor_file.h"
#include "tests/support/catch_torch.h"

namespace rondo {

// One case of tests/reference/models/<file>.safetensors: numbers that PyTorch printed, named
// <case>/<kind>/<name>. Everything is compared to 1e-5, absolute and relative.
class ReferenceCase {
 public:
  ReferenceCase(const std::string& file, std::string name);

  torch::Tensor input(const std::string& name) const { return at("input", name); }
  torch::Tensor output(const std::string& name) const { return at("output", name); }
  torch::Tensor gradient(const std::string& name) const { return at("gradient", name); }

  // Copies the case's parameters; fails unless names and shapes are exactly the module's.
  void load_parameters(torch::nn::Module& module) const;

  void require_output(const std::string& name, const torch::Tensor& actual) const;
  // Compares the gradient of every parameter of the module.
  void require_gradients(const torch::nn::Module& module) const;

 private:
  torch::Tensor at(const std::string& kind, const std::string& name) const;

  std::string name_;
  TensorFile file_;
};

}  // namespace rondo
