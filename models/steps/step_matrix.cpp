#include "models/steps/step_matrix.h"

#include "models/packed_linear.h"

namespace rondo {
namespace {

void multiply(const PackedMatrix& matrix, const torch::Tensor& from, const torch::Tensor& to,
              bool add) {
  multiply_in_parallel(matrix, {.x = from.const_data_ptr<float>(),
                                .x_stride = matrix.columns(),
                                .count = from.size(0),
                                .y = to.data_ptr<float>(),
                                .y_stride = matrix.rows(),
                                .add = add});
}

}  // namespace

StepMatrix::StepMatrix(const torch::Tensor& weight, bool bf16)
    : weight_(weight),
      type_(bf16 ? PackedType::bf16 : PackedType::fp32),
      forward_(packed(weight)) {}

std::shared_ptr<const PackedMatrix> StepMatrix::packed(const torch::Tensor& weight) const {
  return std::make_shared<PackedMatrix>(weight_view(weight), type_);
}

void StepMatrix::add_forward(const torch::Tensor& from, const torch::Tensor& to) const {
  multiply(*forward_, from, to, /*add=*/true);
}

void StepMatrix::pack_backward() {
  if (!backward_) backward_ = packed(weight_.t());
}

void StepMatrix::backward(const torch::Tensor& at_to, const torch::Tensor& from, bool add) const {
  multiply(*backward_, at_to, from, add);
}

torch::Tensor StepMatrix::weight_gradient(const torch::Tensor& at_to,
                                          const torch::Tensor& from) const {
  const auto type = type_ == PackedType::bf16 ? torch::kBFloat16 : torch::kFloat;
  return torch::mm(at_to.flatten(0, 1).to(type).t(), from.flatten(0, 1).to(type)).to(torch::kFloat);
}

}  // namespace rondo
