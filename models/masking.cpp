#include "models/masking.h"

namespace rondo {

torch::Tensor length_mask(const torch::Tensor& lengths, int64_t time) {
  TORCH_CHECK(lengths.dim() == 1, "lengths must be [batch], got ", lengths.sizes());
  const auto positions = torch::arange(time, lengths.options());
  return positions.unsqueeze(1) < lengths.unsqueeze(0);
}

}  // namespace rondo
