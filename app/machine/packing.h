#pragma once

#include "app/machine/precision.h"
#include "models/packed_linear.h"

namespace rondo {

// Packs a network's weights for inference where they are on the CPU and stay fp32 or bf16; one that
// is packed wants no autocast.
template <typename Network>
void pack(Network& network, Precision precision) {
  const torch::Device device = network.parameters().front().device();
  if (!device.is_cpu() || uses_int8(precision, device)) return;
  network.pack(uses_bf16(precision, device) ? PackedType::bf16 : PackedType::fp32);
}

}  // namespace rondo
