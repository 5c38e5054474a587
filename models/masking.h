#pragma once

#include <torch/torch.h>

namespace rondo {

// [time, batch] bool, true where time < length; lengths [batch] int64 on any device.
torch::Tensor length_mask(const torch::Tensor& lengths, int64_t time);

}  // namespace rondo
