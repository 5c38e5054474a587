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

void add_search_settings(torch::jit::Module& program, const SearchOptions& search) {
  add_setting(program, "beam_size", search.beam_size);
  add_setting(program, "beam_alpha", search.beam_alpha);
  add_setting(program, "coverage_penalty", search.coverage_penalty);
  add_setting(program, "min_length_ratio", search.min_length_ratio);
  add_setting(program, "max_length_ratio", search.max_length_ratio);
  add_setting(program, "no_repeat_ngram_size", search.no_repeat_ngram_size);
  add_setting(program, "generate_unk", search.generate_unk);
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
