#pragma once

#include <torch/torch.h>

namespace rondo {

// beta * sum over source tokens of log(min(attention received, 1)), Wu et al. 2016 eq. 14.
// received [..., source_time]: attention summed over target steps; mask the same, true on real
// tokens. Returns [...], at most 0.
torch::Tensor coverage_penalty(const torch::Tensor& received, const torch::Tensor& mask,
                               double beta);

}  // namespace rondo
