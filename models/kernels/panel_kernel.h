#pragma once

#include <cstdint>

#include "models/kernels/instruction_set.h"

// The innermost product of a packed matrix: some rows of x times one panel of the weight.
namespace rondo {

// A step is one column of the weight in fp32, a pair of neighbouring columns in bf16.
struct PanelCall {
  const void* panel = nullptr;  // [steps, width] float, or [steps, width, 2] bf16
  const void* x = nullptr;      // [count, steps] float, or [count, steps, 2] bf16
  int64_t x_stride = 0;         // steps from row to row
  int64_t steps = 0, count = 0;
  float* y = nullptr;  // [count, columns]
  int64_t y_stride = 0;
  int64_t columns = 0;          // of y, at most the width
  const float* bias = nullptr;  // [columns], or null
  bool add = false;             // to what y holds
};

struct PanelKernel {
  int64_t width = 0;  // rows of the weight in a panel
  void (*fp32)(const PanelCall&) = nullptr;
  void (*bf16)(const PanelCall&) = nullptr;
  // Rounds to nearest, ties to even; what is no number stays so.
  void (*round_to_bf16)(const float* from, int64_t count, uint16_t* to) = nullptr;
};

const PanelKernel& panel_kernel(InstructionSet instructions);

// One in each file of its own compile options.
extern const PanelKernel kGenericPanels, kAvx2Panels, kAvx512Panels, kAvx512Bf16Panels;

}  // namespace rondo
