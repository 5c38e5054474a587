#include "models/projection.h"

namespace rondo {

torch::Tensor ProjectionImpl::forward(const torch::Tensor& input) {
  if (int8_.defined()) require_evaluation(*this);
  if (is_training() || wants_gradient(input)) return LinearImpl::forward(input);
  if (int8_.defined()) return int8_.forward(input);
  return packed_.defined() ? packed_.forward(input) : LinearImpl::forward(input);
}

void ProjectionImpl::quantize() {
  if (!int8_.defined()) int8_ = Int8Linear(round_to_int8(weight), bias);
}

}  // namespace rondo
