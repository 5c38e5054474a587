#pragma once

#include <cstdint>
#include <string>

// What the LibTorch in this process is and does. Torch-free.
namespace rondo {

struct LibTorchFacts {
  std::string version{};
  std::string folder{};   // of the library that was loaded, which need not be the one linked
  std::string kernels{};  // "AVX512": what its own kernels use of the processor
  std::string device{};   // where "auto" trains: "cpu", "cuda:0"
  bool has_onednn = false, has_mkl = false;
  bool takes_bf16 = false;  // what precision "auto" means there
  int64_t threads = 1;
  int64_t gpus = 0;
};

LibTorchFacts libtorch_facts();

// Floating-point operations a second of matrix products, measured for about `seconds` on the
// device that "auto" takes.
double measured_rate(bool bf16, double seconds);

}  // namespace rondo
