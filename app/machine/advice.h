#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/machine/memory.h"
#include "app/machine/processor.h"

namespace rondo {

// What decides how fast Rondo runs here. Torch-free: whoever links LibTorch fills its part.
struct MachineFacts {
  Processor processor{};
  Memory memory{};
  uint64_t free_disk = 0;               // bytes where models will be written
  std::string omp_num_threads{};        // the environment variable; empty when it is not set
  int64_t threads = 1;                  // LibTorch's
  bool fused_layers = true;             // LibTorch has oneDNN
  bool gpu_in_machine = false;          // a driver shows one
  int64_t usable_gpus = 0;              // that LibTorch can use
  bool takes_bf16 = false;              // what precision "auto" means here
  double fp32_rate = 0, bf16_rate = 0;  // floating-point operations a second; 0 = not measured
};

// What is off and what to do about it, a line each; empty when all is well.
std::vector<std::string> advice_for(const MachineFacts& facts);

// Whether the NVIDIA driver shows a GPU, and the models it names.
std::vector<std::string> gpus_in_machine();

}  // namespace rondo
