#pragma once

#include <torch/torch.h>

#include <string>

#include "app/distributed/workers.h"
#include "app/training/machine_record.h"
#include "app/training/options.h"

namespace rondo {

// Where, in what precision and together with whom the arithmetic is done.
struct Hardware {
  torch::Device device{at::kCPU};
  bool bf16 = false;
  Workers workers{};  // alone, unless others train the same model
};

// Takes device and precision as the options ask, a GPU of its own for each worker of a host, and
// sets LibTorch's threads for this process.
Hardware prepare_hardware(const TrainingOptions& options, const Workers& workers = {});

// "AMD EPYC, 2 threads, bf16": for the first line of a log.
std::string describe(const Hardware& hardware);

// What the last bits of a result depend on, as it is in this process.
MachineRecord machine_record(const Hardware& hardware);

}  // namespace rondo
