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

// Zero where the mask, which may be broadcast, is false; times scale elsewhere.
struct MaskedScale : torch::autograd::Function<MaskedScale> {
  static torch::Tensor apply_mask(const torch::Tensor& tensor, const torch::Tensor& mask,
                                  double scale) {
    return torch::where(mask, tensor, torch::zeros({}, tensor.options())).mul_(scale);
  }
  static torch::Tensor forward(torch::autograd::AutogradContext* context,
                               const torch::Tensor& input, const torch::Tensor& mask,
                               double scale) {
    context->save_for_backward({mask});
    context->saved_data["scale"] = scale;
    return apply_mask(input, mask, scale);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto mask = context->get_saved_variables()[0];
    return {apply_mask(gradients[0], mask, context->saved_data["scale"].toDouble()),
            torch::Tensor(), torch::Tensor()};
  }
};

// One decision for each element of a mask of these sizes, which broadcast to the input's: bool on a
// CPU, elsewhere 0 or 1 / (1 - rate) in the input's type.
torch::Tensor mask_for(const torch::Tensor& input, c10::IntArrayRef sizes, double rate) {
  if (input.is_cpu()) return draw_mask(sizes, rate);
  return torch::dropout(torch::ones(sizes, input.options()), rate, /*train=*/true);
}

torch::Tensor masked(const torch::Tensor& input, const torch::Tensor& mask, double rate) {
  return input.is_cpu() ? MaskedScale::apply(input, mask, 1.0 / (1.0 - rate)) : input * mask;
}

torch::Tensor drop(const torch::Tensor& input, c10::IntArrayRef mask_sizes, double rate) {
  return masked(input, mask_for(input, mask_sizes, rate), rate);
}

void require_sequence(const torch::Tensor& sequence) {
  TORCH_CHECK(sequence.dim() == 3, "dropout wants [time, batch, dim], got ", sequence.sizes());
}

}  // namespace

torch::Tensor inverted_dropout(const torch::Tensor& input, double rate, bool training) {
  if (!training || rate == 0.0) return input;
  return input.is_cpu() ? drop(input, input.sizes(), rate) : torch::dropout(input, rate, true);
}

torch::Tensor variational_dropout(const torch::Tensor& sequence, double rate, bool training) {
  require_sequence(sequence);
  if (!training || rate == 0.0) return sequence;
  return drop(sequence, {1, sequence.size(1), sequence.size(2)}, rate);
}

torch::Tensor word_dropout(const torch::Tensor& sequence, double rate, bool training) {
  require_sequence(sequence);
  if (!training || rate == 0.0) return sequence;
  return drop(sequence, {sequence.size(0), sequence.size(1), 1}, rate);
}

torch::Tensor column_dropout(const torch::Tensor& matrix, double rate, bool training) {
  TORCH_CHECK(matrix.dim() == 2, "column dropout wants [to, from], got ", matrix.sizes());
  return training && rate > 0.0 ? drop(matrix, {1, matrix.size(1)}, rate) : matrix;
}

torch::Tensor HeldDropout::apply(const torch::Tensor& sequence, double rate, bool training) {
  require_sequence(sequence);
  if (!training || rate == 0.0) return sequence;
  if (!mask_.defined()) mask_ = mask_for(sequence, {1, sequence.size(1), sequence.size(2)}, rate);
  return masked(sequence, mask_, rate);
}

}  // namespace rondo
