#include "app/training/libtorch_facts.h"

#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <filesystem>

#include "app/machine/precision.h"
#include "app/training/matrix_rate.h"

namespace rondo {
namespace {

std::string library_folder() {
  Dl_info library{};
  const bool found = ::dladdr(reinterpret_cast<void*>(&at::get_cpu_capability), &library) != 0;
  if (!found || library.dli_fname == nullptr) return "an unknown folder";
  return std::filesystem::path(library.dli_fname).parent_path().string();
}

}  // namespace

LibTorchFacts libtorch_facts() {
  const torch::Device device = pick_device(DeviceChoice::automatic);
  return {.version = TORCH_VERSION,
          .folder = library_folder(),
          .kernels = at::get_cpu_capability(),
          .device = device.str(),
          .has_onednn = at::globalContext().hasMKLDNN(),
          .has_mkl = at::globalContext().hasMKL(),
          .takes_bf16 = uses_bf16(Precision::automatic, device),
          .threads = at::get_num_threads(),
          .gpus = static_cast<int64_t>(torch::cuda::device_count())};
}

double measured_rate(bool bf16, double seconds) {
  const torch::Device device = pick_device(DeviceChoice::automatic);
  return matrix_rate(device, bf16 ? torch::kBFloat16 : torch::kFloat32, seconds);
}

}  // namespace rondo
