#pragma once

#include <string>
#include <vector>

#include "app/config/load.h"
#include "app/errors.h"

namespace rondo {

// The shortest experiment there is; its lines are 1 to 6.
inline const std::string kMinimalConfig =
    "name: demo\n"
    "data:\n"
    "  src: {lang: en}\n"
    "  trg: {lang: it}\n"
    "  train: text/train\n"
    "  dev: text/dev\n";

inline Experiment minimal_with(std::vector<std::string> overrides) {
  return parse_experiment(kMinimalConfig, "x.yaml", overrides);
}

// What the ConfigError says; "no error" when there is none.
inline std::string error_of(const std::string& yaml, std::vector<std::string> overrides = {}) {
  try {
    parse_experiment(yaml, "x.yaml", overrides);
    return "no error";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

inline std::string override_error(const std::string& setting) {
  return error_of(kMinimalConfig, {setting});
}

}  // namespace rondo
