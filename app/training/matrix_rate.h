#pragma once

#include <torch/torch.h>

namespace rondo {

// What the machine's matrix product makes, the yardstick for training speed: floating-point
// operations a second (two a multiply-add) of square products, repeated for about `seconds`.
double matrix_rate(const torch::Device& device, torch::ScalarType type, double seconds);

}  // namespace rondo
