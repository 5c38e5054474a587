#include "models/output_selection.h"

#include <ATen/autocast_mode.h>

namespace rondo {

// Autocast would turn the weights to bfloat16 again at every step, since they are no parameters.
OutputSelection::OutputSelection(const torch::Tensor& weight, const torch::Tensor& bias,
                                 const torch::Tensor& ids, bool int8)
    : ids_(ids) {
  const torch::NoGradGuard no_grad;
  weight_ = weight.index_select(0, ids);
  bias_ = bias.index_select(0, ids);
  const auto device = weight.device().type();
  if (int8) {
    int8_ = Int8Linear(weight_, bias_);
    weight_ = bias_ = torch::Tensor();
  } else if (at::autocast::is_autocast_enabled(device)) {
    weight_ = weight_.to(at::autocast::get_autocast_dtype(device));
    bias_ = bias_.to(weight_.scalar_type());
  }
}

torch::Tensor OutputSelection::logits(const torch::Tensor& features) const {
  if (int8_.defined()) return int8_.forward(features);
  return torch::linear(features, weight_, bias_).to(torch::kFloat);
}

}  // namespace rondo
