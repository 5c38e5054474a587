#pragma once

#include <torch/torch.h>

namespace rondo {

// The greatest absolute eigenvalue of each matrix [n, size, size] -> [n], by Gelfand's formula,
// the limit of |A^k|^(1/k) for k = 2^squarings. Complex pairs need no care of their own, as they
// would in power iteration; a recurrence forgets or explodes at this rate (Pascanu et al. 2013).
torch::Tensor spectral_radius(const torch::Tensor& matrices, int squarings = 12);

}  // namespace rondo
