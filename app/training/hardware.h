#pragma once

#include <torch/torch.h>

#include <string>

#include "app/training/machine_record.h"
#include "app/training/options.h"

namespace rondo {

// Where and in what precision the arithmetic is done.
struct Hardware {
  torch::Device device{at::kCPU};
  bool bf16 = false;
};

// Takes device and precision as the options ask, and sets LibTorch's threads for this process.
Hardware prepare_hardware(const TrainingOptions& options);

// "AMD EPYC, 2 threads, bf16": for the first line of a log.
std::string describe(const Hardware& hardware);

// What the last bits of a result depend on, as it is in this process.
MachineRecord machine_record(const Hardware& hardware);

}  // namespace rondo
