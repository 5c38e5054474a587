#include "models/packed_linear.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace rondo {
namespace {

constexpr int64_t kWorkAThread = 1
                                 << 18;  // multiply-adds; below it threads cost more than they save

torch::Tensor plain_floats(const torch::Tensor& tensor) {
  return tensor.detach().to(torch::kFloat).contiguous();
}

}  // namespace

WeightView weight_view(const torch::Tensor& weight) {
  TORCH_CHECK(weight.dim() == 2 && weight.is_cpu() && weight.scalar_type() == torch::kFloat,
              "a packed product wants a float32 matrix on the CPU, got ", weight.sizes());
  const bool transposed = weight.stride(1) != 1 && weight.stride(0) == 1;
  TORCH_CHECK(transposed || weight.stride(1) == 1 || weight.size(1) <= 1,
              "a packed product wants rows or columns without gaps");
  return {weight.const_data_ptr<float>(), weight.size(0), weight.size(1),
          weight.stride(transposed ? 1 : 0), transposed};
}

void multiply_in_parallel(const PackedMatrix& matrix, const SmallProduct& product) {
  const int64_t work = matrix.rows() * matrix.columns() * product.count;
  const int64_t panels = matrix.panels();
  const int64_t grain = std::max<int64_t>(kWorkAThread * panels / std::max<int64_t>(work, 1), 1);
  at::parallel_for(0, panels, grain,
                   [&](int64_t begin, int64_t end) { matrix.multiply(product, begin, end); });
}

PackedLinear::PackedLinear(const torch::Tensor& weight, const torch::Tensor& bias, PackedType type)
    : matrix_(std::make_shared<PackedMatrix>(weight_view(plain_floats(weight)), type)),
      bias_(bias.defined() ? plain_floats(bias).clone() : bias) {}

torch::Tensor PackedLinear::forward(const torch::Tensor& input) const {
  TORCH_CHECK(defined(), "a packed product without a weight");
  TORCH_CHECK(input.dim() > 0 && input.size(-1) == matrix_->columns(),
              "a packed product wants [..., ", matrix_->columns(), "], got ", input.sizes());
  const auto x = plain_floats(input);
  auto sizes = x.sizes().vec();
  sizes.back() = matrix_->rows();
  const auto y = torch::empty(sizes, x.options());
  multiply_in_parallel(*matrix_,
                       {.x = x.const_data_ptr<float>(),
                        .x_stride = matrix_->columns(),
                        .count = c10::multiply_integers(x.sizes().slice(0, x.sizes().size() - 1)),
                        .y = y.data_ptr<float>(),
                        .y_stride = matrix_->rows(),
                        .bias = bias_.defined() ? bias_.const_data_ptr<float>() : nullptr});
  return y;
}

}  // namespace rondo
