#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "app/config/names.h"
#include "app/training/options.h"

namespace rondo {

// Lets an option take an enumerator by the name it has in YAML.
template <class E>
CLI::CheckedTransformer by_name() {
  std::map<std::string, E> names;
  for (const auto& [value, name] : kNames<E>) names.emplace(name, value);
  return CLI::CheckedTransformer(names);
}

// --device, --precision and --threads, the same in every command that runs a model.
inline void add_machine_options(CLI::App& command, DeviceChoice& device, Precision& precision,
                                int64_t& num_threads) {
  command.add_option("--device", device, "auto, cpu or cuda")->transform(by_name<DeviceChoice>());
  command.add_option("--precision", precision, "fp32 (default), bf16 or auto")
      ->transform(by_name<Precision>());
  command.add_option("--threads", num_threads, "processor threads; 0 = all cores")
      ->check(CLI::NonNegativeNumber);
}

}  // namespace rondo
