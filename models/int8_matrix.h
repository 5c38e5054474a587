#pragma once

#include <ATen/native/quantized/PackedParams.h>
#include <torch/torch.h>

// Weights in 8 bits, symmetric, one scale a row; activations are quantised at each call (dynamic
// quantisation), so that nothing is calibrated. Runs on the CPU alone, in LibTorch's fbgemm
// kernels.
namespace rondo {

struct Int8Values {
  torch::Tensor values;  // [rows, columns] int8 in [-127, 127]
  torch::Tensor scales;  // [rows] float32; weight[r] is about values[r] * scales[r]
};

// weight [rows, columns] floating point; scale = max |row| / 127, and 1 for a row of zeros.
Int8Values quantize_rows(const torch::Tensor& weight);
torch::Tensor dequantize(const Int8Values& matrix);  // [rows, columns] float32

// Rounds a weight in place to what 8 bits hold, and returns it: its fp32 products then differ from
// int8 ones by the rounding of activations alone. A second time changes nothing.
torch::Tensor& round_to_int8(torch::Tensor& weight);

// A linear layer over such weights, packed once in the order that fbgemm reads.
class Int8Linear {
 public:
  Int8Linear() = default;  // holds nothing: defined() is false
  Int8Linear(const torch::Tensor& weight, const torch::Tensor& bias);  // bias may be undefined

  bool defined() const { return packed_.defined(); }
  // input [..., columns] of any floating type -> [..., rows] float32, without a gradient. The scale
  // of the activations is that of the whole input, so rows are not quite independent.
  torch::Tensor forward(const torch::Tensor& input) const;

 private:
  c10::intrusive_ptr<LinearPackedParamsBase> packed_{};
};

// Whether a product of this input must be differentiable, which int8 products are not.
bool wants_gradient(const torch::Tensor& input);

// Throws c10::Error for a network that is trained after its weights were turned to int8.
void require_evaluation(const torch::nn::Module& module);

}  // namespace rondo
