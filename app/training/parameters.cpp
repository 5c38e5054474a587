#include "app/training/parameters.h"

#include <unordered_set>

#include "app/errors.h"
#include "app/storage/tensor_file.h"

namespace rondo {

std::vector<NamedParameter> all_parameters(const torch::nn::Module& network) {
  std::vector<NamedParameter> distinct;
  std::unordered_set<const at::TensorImpl*> seen;
  for (const auto& item : network.named_parameters()) {
    if (seen.insert(item.value().unsafeGetTensorImpl()).second) {
      distinct.push_back({item.key(), item.value()});
    }
  }
  return distinct;
}

std::vector<NamedParameter> distinct_parameters(const torch::nn::Module& network) {
  std::vector<NamedParameter> trainable = all_parameters(network);
  std::erase_if(trainable, [](const auto& item) { return !item.tensor.requires_grad(); });
  return trainable;
}

std::vector<torch::Tensor> tensors_of(const std::vector<NamedParameter>& parameters) {
  std::vector<torch::Tensor> tensors;
  for (const NamedParameter& parameter : parameters) tensors.push_back(parameter.tensor);
  return tensors;
}

void copy_into(const std::vector<NamedParameter>& parameters,
               const std::map<std::string, torch::Tensor>& tensors, const std::string& prefix) {
  const torch::NoGradGuard no_grad;
  for (const NamedParameter& parameter : parameters) {
    const auto found = tensors.find(prefix + parameter.name);
    if (found == tensors.end()) throw DataError("no tensor " + prefix + parameter.name);
    if (found->second.sizes() != parameter.tensor.sizes()) {
      throw DataError("tensor " + prefix + parameter.name + " has the shape " +
                      shape_text(found->second) + ", the model needs " +
                      shape_text(parameter.tensor));
    }
    parameter.tensor.copy_(found->second);
  }
}

}  // namespace rondo
