#include "models/dropout.h"

#include <cmath>
#include <limits>
#include <optional>

namespace rondo {
namespace {

constexpr int64_t kDecisionsADraw = 4;  // 16 of 64 bits each

// [sizes] bool, true where an element is kept.
torch::Tensor draw_mask(c10::IntArrayRef sizes, double rate) {
  const int64_t count = c10::multiply_integers(sizes);
  const auto draws = torch::empty({(count + kDecisionsADraw - 1) / kDecisionsADraw}, torch::kLong)
                         .random_(std::numeric_limits<int64_t>::min(), std::optional<int64_t>());
  const auto levels = draws.view(torch::kShort).narrow(0, 0, count).view(sizes);
  const int64_t threshold = std::lround(rate * 65536.0) + std::numeric_limits<int16_t>::min();
  return levels.ge(threshold);
}

struct MaskedScale : torch::autograd::Function<MaskedScale> {
  static torch::Tensor apply_mask(const torch::Tensor& tensor, const torch::Tensor& mask,
                                  double scale) {
    return torch::where(mask, tensor, torch::zeros({}, tensor.options())).mul_(scale);
  }
  static torch::Tensor forward(torch::autograd::AutogradContext* context,
                               const torch::Tensor& input, double rate) {
    const auto mask = draw_mask(input.sizes(), rate);
    context->save_for_backward({mask});
    context->saved_data["scale"] = 1.0 / (1.0 - rate);
    return apply_mask(input, mask, 1.0 / (1.0 - rate));
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto mask = context->get_saved_variables()[0];
    return {apply_mask(gradients[0], mask, context->saved_data["scale"].toDouble()),
            torch::Tensor()};
  }
};

}  // namespace

torch::Tensor inverted_dropout(const torch::Tensor& input, double rate, bool training) {
  if (!training || rate == 0.0) return input;
  if (!input.is_cpu()) return torch::dropout(input, rate, training);
  return MaskedScale::apply(input, rate);
}

}  // namespace rondo
