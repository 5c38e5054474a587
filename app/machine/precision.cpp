#include "app/machine/precision.h"

#include <ATen/autocast_mode.h>

#include "app/errors.h"

namespace rondo {
namespace {

bool processor_has_bf16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

}  // namespace

torch::Device pick_device(DeviceChoice choice) {
  if (choice == DeviceChoice::cpu) return at::kCPU;
  const bool found = torch::cuda::is_available();
  if (choice == DeviceChoice::cuda && !found) {
    throw ConfigError("training.device: cuda, but LibTorch finds no GPU here; use auto or cpu");
  }
  return found ? torch::Device(at::kCUDA, 0) : torch::Device(at::kCPU);
}

torch::Device pick_device(DeviceChoice choice, Precision precision) {
  if (precision != Precision::int8) return pick_device(choice);
  if (choice == DeviceChoice::cuda) uses_int8(precision, at::kCUDA);
  return at::kCPU;
}

bool uses_int8(Precision precision, const torch::Device& device) {
  if (precision != Precision::int8) return false;
  if (device.is_cpu()) return true;
  throw ConfigError("precision int8 runs on the CPU only; use --device cpu, or bf16 on a GPU");
}

bool uses_bf16(Precision precision, const torch::Device& device) {
  if (precision != Precision::automatic) return precision == Precision::bf16;
  return device.is_cuda() || processor_has_bf16();
}

AutocastScope::AutocastScope(const torch::Device& device, bool on)
    : device_(device.type()), on_(on) {
  if (!on_) return;
  was_on_ = at::autocast::is_autocast_enabled(device_);
  previous_ = at::autocast::get_autocast_dtype(device_);
  at::autocast::set_autocast_enabled(device_, true);
  at::autocast::set_autocast_dtype(device_, at::kBFloat16);
  at::autocast::increment_nesting();
}

AutocastScope::~AutocastScope() {
  if (!on_) return;
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  at::autocast::set_autocast_enabled(device_, was_on_);
  at::autocast::set_autocast_dtype(device_, previous_);
}

}  // namespace rondo
