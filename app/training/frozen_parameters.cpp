#include "app/training/frozen_parameters.h"

#include <algorithm>
#include <string_view>

#include "app/errors.h"
#include "app/training/parameters.h"

namespace rondo {
namespace {

// A classifier's members have the names of a single one, behind their own.
std::string_view without_member(std::string_view name) {
  return name.starts_with("member_") ? name.substr(name.find('.') + 1) : name;
}

// "decoder, embedding, encoder"
std::string parts_of(const torch::nn::Module& network) {
  std::vector<std::string> parts;
  std::string list;
  for (const NamedParameter& parameter : all_parameters(network)) {
    const std::string_view whole = without_member(parameter.name);
    const std::string part(whole.substr(0, whole.find('.')));
    if (std::ranges::find(parts, part) != parts.end()) continue;
    parts.push_back(part);
    list += (list.empty() ? "" : ", ") + part;
  }
  return list;
}

void freeze(torch::nn::Module& network, const std::string& beginning) {
  bool found = false;
  for (const auto& parameter : network.named_parameters()) {
    if (!without_member(parameter.key()).starts_with(beginning)) continue;
    torch::Tensor tensor = parameter.value();
    tensor.set_requires_grad(false);
    found = true;
  }
  if (found) return;
  throw ConfigError("training.freeze: no parameter begins with '" + beginning +
                    "'; the model has " + parts_of(network));
}

}  // namespace

void freeze_parameters(torch::nn::Module& network, const std::vector<std::string>& beginnings) {
  for (const std::string& beginning : beginnings) freeze(network, beginning);
  if (!distinct_parameters(network).empty()) return;
  throw ConfigError("training.freeze: leaves nothing to learn; the model has " + parts_of(network));
}

}  // namespace rondo
