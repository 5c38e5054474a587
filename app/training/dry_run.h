#pragma once

#include <string>
#include <vector>

#include "app/training/hardware.h"
#include "app/training/task.h"

namespace rondo {

// "model: 12,345,678 parameters (encoder 5,000,000, decoder 7,345,678), 5,000,000 of them frozen".
// Parameters that parts share are counted in the first.
std::string parameter_summary(const torch::nn::Module& network);

// Makes `updates` updates, which change the network's weights, and tells what training will cost:
// the time of an epoch, tokens a second, the share of the machine's own matrix-product rate
// that they reach, memory; a line each.
std::vector<std::string> measure_training(Task& task, const TrainingOptions& options,
                                          const Hardware& hardware, int updates);

// 1234567 as "1,234,567".
std::string with_commas(int64_t number);

}  // namespace rondo
