#pragma once

#include <torch/script.h>

#include <initializer_list>
#include <string_view>

#include "app/config/experiment.h"
#include "app/decoding/options.h"

// What exported programs of every task are put together with.
namespace rondo {

// An empty module of class "rondo.<name>" that knows Rondo's version and its own configuration.
torch::jit::Module program_module(const std::string& name, const Experiment& experiment);

// A value that the methods read and a user may change between calls. A vector of strings is given
// as a c10::List.
void add_setting(torch::jit::Module& program, const std::string& name, const c10::IValue& value);

// Those of search.py.
void add_search_settings(torch::jit::Module& program, const SearchOptions& search);

// Compiles the scripts of these names as one, so that their methods may call each other.
void define_methods(torch::jit::Module& program, std::initializer_list<std::string_view> scripts);

}  // namespace rondo
