#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/config/names.h"
#include "app/machine/options.h"

namespace rondo {

// Lets an option take an enumerator by the name it has in YAML.
template <class E>
CLI::Validator by_name() {
  const auto to_number = [](std::string& text) -> std::string {
    std::string all;
    for (const auto& [value, name] : kNames<E>) {
      if (text == name) {
        text = std::to_string(static_cast<int>(value));
        return "";
      }
      all += (all.empty() ? "" : ", ") + std::string(name);
    }
    return text + " is none of " + all;
  };
  return CLI::Validator(to_number, "", "");
}

// A number from `least` on; CLI11's own say the largest double in their messages.
inline CLI::Validator at_least(double least) {
  const auto check = [least](std::string& text) -> std::string {
    double value = 0;
    const bool fits = CLI::detail::lexical_cast(text, value) && value >= least;
    return fits ? ""
                : text + " is no number from " + std::to_string(static_cast<int>(least)) + " on";
  };
  return CLI::Validator(check, "", "");
}

// Numbers separated by commas: 0.5,0.3,0.2.
inline CLI::Validator number_list() {
  const auto check = [](std::string& text) -> std::string {
    for (const std::string& part : CLI::detail::split(text, ',')) {
      double value = 0;
      if (!CLI::detail::lexical_cast(part, value)) return "'" + part + "' is no number";
    }
    return "";
  };
  return CLI::Validator(check, "", "");
}

// --weights of an ensemble.
inline void add_weights_option(CLI::App& command, std::vector<double>& weights) {
  const auto read = [&weights](const std::string& list) {
    for (const std::string& part : CLI::detail::split(list, ',')) {
      weights.push_back(std::stod(part));
    }
  };
  command
      .add_option_function<std::string>("--weights", read,
                                        "several models: of each, as 0.5,0.3,0.2")
      ->check(number_list());
}

// --shard, of what works through a file line by line.
inline void add_shard_option(CLI::App& command, std::string& shard) {
  command
      .add_option("--shard", shard,
                  "only this part of the file, as 2/8: the outputs of all parts, one after the "
                  "other, are that of the whole")
      ->type_name("NUMBER/COUNT");
}

// --device, --precision and --threads, the same in every command that runs a model.
inline void add_machine_options(CLI::App& command, DeviceChoice& device, Precision& precision,
                                int64_t& num_threads) {
  command.add_option("--device", device, "auto (default), cpu or cuda")
      ->transform(by_name<DeviceChoice>())
      ->type_name("NAME");
  command
      .add_option(
          "--precision", precision,
          "fp32 (default), bf16, auto, or int8: on the CPU, faster, and a little less exact")
      ->transform(by_name<Precision>())
      ->type_name("NAME");
  command.add_option("--threads", num_threads, "processor threads; 0 = all cores")
      ->check(at_least(0));
}

}  // namespace rondo
