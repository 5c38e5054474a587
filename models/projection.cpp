#include "models/projection.h"

namespace rondo {

torch::Tensor ProjectionImpl::forward(const torch::Tensor& input) {
  if (!int8_.defined()) return LinearImpl::forward(input);
  require_evaluation(*this);
  return wants_gradient(input) ? LinearImpl::forward(input) : int8_.forward(input);
}

void ProjectionImpl::quantize() {
  if (!int8_.defined()) int8_ = Int8Linear(round_to_int8(weight), bias);
}

}  // namespace rondo
