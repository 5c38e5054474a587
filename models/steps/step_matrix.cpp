#include "models/steps/step_matrix.h"

namespace rondo {

StepMatrix::StepMatrix(const torch::Tensor& weight, bool bf16)
    : weight_(weight.to(bf16 ? torch::kBFloat16 : torch::kFloat)) {}

void StepMatrix::add_forward(const torch::Tensor& from, torch::Tensor& to) const {
  if (weight_.scalar_type() == torch::kFloat) {
    to.addmm_(from, weight_.t());
  } else {
    to.add_(torch::mm(from.to(torch::kBFloat16), weight_.t()));
  }
}

torch::Tensor StepMatrix::backward(const torch::Tensor& at_to) const {
  return torch::mm(at_to.to(weight_.scalar_type()), weight_).to(torch::kFloat);
}

torch::Tensor StepMatrix::weight_gradient(const torch::Tensor& at_to,
                                          const torch::Tensor& from) const {
  const auto type = weight_.scalar_type();
  return torch::mm(at_to.flatten(0, 1).t().to(type), from.flatten(0, 1).to(type)).to(torch::kFloat);
}

}  // namespace rondo
