#pragma once

#include <cstdint>

// The softmax of an output layer in one pass over memory, where LibTorch takes five (bias, softmax,
// maximum, probability of the maximum, sum of the columns). Torch-free; float32 and bfloat16, the
// arithmetic always in float32. e^x is exact to 2e-7.
namespace rondo {

// One block of rows, worked on by one thread.
template <class T>  // float, or the bits of bfloat16 as uint16_t
struct SoftmaxBlock {
  T* scores = nullptr;          // [rows, vocab], logits without their bias; become probabilities
  const float* bias = nullptr;  // [vocab]
  int64_t rows = 0, vocab = 0;
  float* log_sum = nullptr;      // [rows], log of the sum of exponentials, bias counted
  float* column_sums = nullptr;  // [vocab], to which the probabilities of all rows are added
  float* scratch = nullptr;      // [vocab]
};

void softmax_rows(const SoftmaxBlock<float>& block);
void softmax_rows(const SoftmaxBlock<uint16_t>& block);

}  // namespace rondo
