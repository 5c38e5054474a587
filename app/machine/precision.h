#pragma once

#include <torch/torch.h>

#include "app/machine/options.h"

namespace rondo {

// auto takes CUDA where LibTorch finds a GPU. Throws ConfigError when cuda is asked for in vain.
torch::Device pick_device(DeviceChoice choice);

// The same for running a model: with int8, auto takes the CPU and cuda is a ConfigError.
torch::Device pick_device(DeviceChoice choice, Precision precision);

// Throws ConfigError where int8 is asked for on a GPU.
bool uses_int8(Precision precision, const torch::Device& device);

// auto takes bf16 on a GPU, and on a processor with bf16 dot products (AVX512-BF16, and with it
// AMX); elsewhere bf16 would be emulated and slower.
bool uses_bf16(Precision precision, const torch::Device& device);

// While it lives, matrix products run in bf16 on that device, their weights cast once; master
// weights stay fp32. Covers forward and loss; the backward pass follows by itself.
class AutocastScope {
 public:
  AutocastScope(const torch::Device& device, bool on);
  ~AutocastScope();
  AutocastScope(const AutocastScope&) = delete;
  AutocastScope& operator=(const AutocastScope&) = delete;

 private:
  at::DeviceType device_ = at::kCPU;
  bool on_ = false;
  bool was_on_ = false;
  at::ScalarType previous_ = at::kBFloat16;
};

}  // namespace rondo
