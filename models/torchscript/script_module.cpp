#include "models/torchscript/script_module.h"

#include <torch/csrc/jit/frontend/resolver.h>
#include <torch/csrc/jit/frontend/sugared_value.h>
#include <torch/custom_class.h>

#include <array>
#include <memory>
#include <utility>

namespace rondo {
namespace {

using torch::jit::BuiltinModule;
using torch::jit::GraphFunction;
using torch::jit::SourceRange;
using torch::jit::SugaredValue;

// In a script a tensor's type is its number.
constexpr std::array<std::pair<std::string_view, c10::ScalarType>, 6> kTensorTypes{{
    {"long", c10::kLong},
    {"float32", c10::kFloat},
    {"float64", c10::kDouble},
    {"bfloat16", c10::kBFloat16},
    {"int8", c10::kChar},
    {"bool", c10::kBool},
}};

// torch.ops: each name in it is a namespace of operators.
struct OperatorNamespaces : SugaredValue {
  std::string kind() const override { return "torch.ops"; }
  std::shared_ptr<SugaredValue> attr(const SourceRange&, GraphFunction&,
                                     const std::string& field) override {
    return std::make_shared<BuiltinModule>(field);
  }
};

// torch: the tensor types by name; everything else is an ATen operator.
struct TorchNames : SugaredValue {
  std::string kind() const override { return "torch"; }
  std::shared_ptr<SugaredValue> attr(const SourceRange& range, GraphFunction& method,
                                     const std::string& field) override {
    for (const auto& [name, type] : kTensorTypes) {
      if (name != field) continue;
      const auto number = static_cast<int64_t>(type);
      return std::make_shared<torch::jit::SimpleValue>(
          method.graph()->insertConstant(number, range));
    }
    if (field == "ops") return std::make_shared<OperatorNamespaces>();
    return BuiltinModule("aten").attr(range, method, field);
  }
};

// LibTorch's own resolver knows torch.X as an operator only, and no type beyond its own.
struct ScriptNames : torch::jit::Resolver {
  std::shared_ptr<SugaredValue> resolveValue(const std::string& name, GraphFunction& method,
                                             const SourceRange& range) override {
    if (name == "torch") return std::make_shared<TorchNames>();
    return torch::jit::nativeResolver()->resolveValue(name, method, range);
  }
  c10::TypePtr resolveType(const std::string& name, const SourceRange& range) override {
    if (name == "LinearParams") return linear_params_type();
    return torch::jit::nativeResolver()->resolveType(name, range);
  }
};

struct NoWarnings : c10::WarningHandler {
  void process(const c10::Warning&) override {}
};

}  // namespace

torch::jit::Module script_module(const std::string& name) {
  torch::jit::Module module("__torch__.rondo." + name);
  module.register_attribute("training", c10::BoolType::get(), false);
  return module;
}

void define_script(torch::jit::Module& module, std::string_view source) {
  module.define(std::string(source), std::make_shared<ScriptNames>());
}

void pack_quietly(torch::jit::Module& module) {
  NoWarnings silent;
  const c10::WarningUtils::WarningHandlerGuard guard(&silent);
  module.get_method("pack")({});
}

c10::TypePtr linear_params_type() {
  return torch::getCustomClass("__torch__.torch.classes.quantized.LinearPackedParamsBase");
}

c10::TypePtr cell_params_type() {
  return torch::getCustomClass("__torch__.torch.classes.rnn.CellParamsBase");
}

}  // namespace rondo
