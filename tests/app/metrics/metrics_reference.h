#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace rondo {

// Numbers that sacreBLEU printed; tests/reference/metrics/make_metrics_reference.py made the file.
inline const nlohmann::json& metrics_reference() {
  static const nlohmann::json reference =
      nlohmann::json::parse(std::ifstream(RONDO_REFERENCE_DIR "/metrics/metrics.json"));
  return reference;
}

using Lines = std::vector<std::string>;

}  // namespace rondo
