#pragma once

#include <torch/torch.h>

#include "app/training/options.h"

namespace rondo {

// automatic takes the first GPU where there is one. Throws ConfigError for cuda without a GPU.
torch::Device choose_device(DeviceChoice choice);

// automatic is bf16 where the device multiplies it natively, fp32 elsewhere. Never automatic.
Precision choose_precision(Precision precision, torch::Device device);

// Matrix products in bfloat16 while it lives, when precision says so; the weights stay as they are.
// Their bfloat16 copies are kept until it ends, so it should span many batches.
class AutocastScope {
 public:
  AutocastScope(Precision precision, torch::Device device);
  ~AutocastScope();
  AutocastScope(const AutocastScope&) = delete;
  AutocastScope& operator=(const AutocastScope&) = delete;

 private:
  torch::DeviceType device_;
  bool was_enabled_ = false;
  at::ScalarType previous_dtype_ = torch::kBFloat16;
};

}  // namespace rondo
