#include "app/export/program.h"

#include "app/config/load.h"
#include "app/export/script_sources.h"
#include "models/torchscript/script_module.h"

namespace rondo {

torch::jit::Module program_module(const std::string& name, const Experiment& experiment) {
  auto program = script_module(name);
  add_setting(program, "rondo_version", std::string(RONDO_VERSION));
  add_setting(program, "config_yaml", to_yaml(experiment));
  return program;
}

void add_setting(torch::jit::Module& program, const std::string& name, const c10::IValue& value) {
  program.register_attribute(name, value.type(), value);
}

void define_methods(torch::jit::Module& program, std::initializer_list<std::string_view> scripts) {
  std::string source;
  for (const std::string_view script : scripts) {
    source += export_script(script);
    source += "\n\n";
  }
  define_script(program, source);
}

}  // namespace rondo
