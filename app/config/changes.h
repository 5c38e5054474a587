#pragma once

#include <string>
#include <vector>

#include "app/config/experiment.h"

namespace rondo {

// The keys whose values differ, a line each: "training.learning_rate: 0.001, was 0.002".
std::vector<std::string> changed_keys(const Experiment& before, const Experiment& now);

}  // namespace rondo
