#include "models/int8_matrix.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <optional>

namespace rondo {
namespace {

constexpr float kGreatest = 127.0f;

using PackedWeights = c10::intrusive_ptr<LinearPackedParamsBase>;

// LibTorch 2.13 announces, once, that quantised tensors will go; Rondo's users cannot act on it.
class SilentWarnings : public c10::WarningHandler {
  void process(const c10::Warning&) override {}
};

// The kernels for x86 without VNNI add two products of 8 bits in 16, which saturate unless the
// activations have 7 bits only. A bit of accuracy is lost there; elsewhere nothing is.
bool activations_need_7_bits() {
#if defined(__x86_64__)
  static const bool narrow = __builtin_cpu_supports("avx512vnni") == 0;
  return narrow;
#else
  return false;
#endif
}

PackedWeights pack(const Int8Values& matrix, const torch::Tensor& bias) {
  SilentWarnings silent;
  const c10::WarningUtils::WarningHandlerGuard guard(&silent);
  const auto zero_points = torch::zeros(matrix.scales.sizes(), torch::kInt64);
  const auto weight = at::_make_per_channel_quantized_tensor(
      matrix.values, matrix.scales.to(torch::kDouble), zero_points, /*axis=*/0);
  static const auto prepack = c10::Dispatcher::singleton()
                                  .findSchemaOrThrow("quantized::linear_prepack", "")
                                  .typed<PackedWeights(at::Tensor, std::optional<at::Tensor>)>();
  return prepack.call(weight, bias.defined() ? std::make_optional(bias) : std::nullopt);
}

}  // namespace

Int8Values quantize_rows(const torch::Tensor& weight) {
  TORCH_CHECK(weight.dim() == 2, "int8 wants a matrix, got ", weight.sizes());
  const torch::NoGradGuard no_grad;
  const auto exact = weight.detach().to(torch::kFloat);
  auto scales = exact.abs().amax(1) / kGreatest;
  scales.masked_fill_(scales == 0, 1.0f);
  const auto values = (exact / scales.unsqueeze(1)).round_().clamp_(-kGreatest, kGreatest);
  return {values.to(torch::kChar), scales};
}

torch::Tensor dequantize(const Int8Values& matrix) {
  return matrix.values.to(torch::kFloat) * matrix.scales.unsqueeze(1);
}

torch::Tensor& round_to_int8(torch::Tensor& weight) {
  const torch::NoGradGuard no_grad;
  return weight.copy_(dequantize(quantize_rows(weight)));
}

Int8Linear::Int8Linear(const torch::Tensor& weight, const torch::Tensor& bias)
    : packed_(pack(quantize_rows(weight),
                   bias.defined() ? bias.detach().to(torch::kFloat).contiguous() : bias)) {}

torch::Tensor Int8Linear::forward(const torch::Tensor& input) const {
  TORCH_CHECK(defined(), "int8: no weights were packed");
  const torch::NoGradGuard no_grad;
  return packed_->apply_dynamic(input.to(torch::kFloat), activations_need_7_bits());
}

bool wants_gradient(const torch::Tensor& input) {
  return torch::GradMode::is_enabled() && input.requires_grad();
}

void require_evaluation(const torch::nn::Module& module) {
  TORCH_CHECK(!module.is_training(),
              "a network whose weights are int8 cannot be trained; load it anew");
}

}  // namespace rondo
