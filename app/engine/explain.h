#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/decoding/explanation.h"
#include "app/machine/options.h"

namespace rondo {

struct ExplainArguments {
  std::string model;
  std::vector<std::string> text{};
  std::string file{}, target{}, svg, html;
  bool words = false, json = false, forces = false;
  std::optional<ExplainMethod> method{};
  std::size_t width = 0;
  DeviceChoice device = DeviceChoice::automatic;
  Precision precision = Precision::fp32;
  int64_t num_threads = 0;
};

// What a translator looked at, and which words speak for a classifier's answer.
void run_explain(const ExplainArguments& arguments);

}  // namespace rondo
