#pragma once

#include <torch/script.h>

#include <string>
#include <string_view>

#include "models/torchscript/precision.h"

// How a TorchScript module is put together from C++: tensors and submodules are registered, then
// the methods are defined from source. The sources are the .py files beside this header, whose
// functions are methods of one module; the build embeds them in the program.
namespace rondo {

// A module of class "rondo.<name>" with one attribute: training, false.
torch::jit::Module script_module(const std::string& name);

// Compiles the methods in `source` into the module. Beyond what LibTorch resolves by itself the
// source may name types (torch.float32, torch.bfloat16, torch.int8, torch.long, torch.bool,
// torch.float64), torch.ops.<namespace>.<operator>, and the type LinearParams (packed int8
// weights). Throws torch::jit::ErrorReport with the place where it is not TorchScript: a defect of
// Rondo.
void define_script(torch::jit::Module& module, std::string_view source);

// For attributes that a script packs: the type LinearParams, and a recurrent layer's int8 weights.
c10::TypePtr linear_params_type();
c10::TypePtr cell_params_type();

// Calls the module's `pack`, which makes such attributes; loading a file does so by itself.
// LibTorch 2.13 announces there, once, that quantised tensors will go: of no use to who runs Rondo.
void pack_quietly(torch::jit::Module& module);

// The text of models/torchscript/<name>.py; the build makes this function
// (cmake/RondoScripts.cmake). Throws std::out_of_range naming a script that is not there.
std::string_view model_script(std::string_view name);

}  // namespace rondo
