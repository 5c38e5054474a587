#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

namespace rondo {

struct NamedParameter {
  std::string name;
  torch::Tensor tensor;
};

// All parameters of a network, tied ones once, under the first of their names.
std::vector<NamedParameter> all_parameters(const torch::nn::Module& network);

// The trainable ones of them: not those that are frozen.
std::vector<NamedParameter> distinct_parameters(const torch::nn::Module& network);

std::vector<torch::Tensor> tensors_of(const std::vector<NamedParameter>& parameters);

// Copies tensors["<prefix><name>"] into each parameter. Throws DataError naming the first that is
// missing or of another shape.
void copy_into(const std::vector<NamedParameter>& parameters,
               const std::map<std::string, torch::Tensor>& tensors, const std::string& prefix);

}  // namespace rondo
