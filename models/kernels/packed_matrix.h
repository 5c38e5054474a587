#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "models/kernels/instruction_set.h"
#include "models/kernels/panel_kernel.h"

// Torch-free: raw pointers in and out.
namespace rondo {

enum class PackedType { fp32, bf16 };

// A weight [rows, columns] where it lies: element (r, c) at data[r * stride + c], or, of one that
// is stored the other way round, at data[c * stride + r].
struct WeightView {
  const float* data = nullptr;
  int64_t rows = 0, columns = 0, stride = 0;
  bool transposed = false;
};

// y = x W^T (+ bias) (+ y).
struct SmallProduct {
  const float* x = nullptr;  // [count, columns]
  int64_t x_stride = 0;      // floats from row to row
  int64_t count = 0;
  float* y = nullptr;  // [count, rows]; not in x
  int64_t y_stride = 0;
  const float* bias = nullptr;  // [rows], or null
  bool add = false;             // to what y holds
};

// A weight packed once in the order that a product reads it, panels of some rows with their columns
// one after another, so that products with few rows of x cost no repacking. With bf16 the weight
// and x are rounded to bf16 and sums are float32. Each row of y is the same whatever rows come with
// it.
class PackedMatrix {
 public:
  PackedMatrix() = default;  // holds nothing: defined() is false
  PackedMatrix(const WeightView& weight, PackedType type,
               InstructionSet instructions = best_instructions());

  bool defined() const { return kernel_ != nullptr; }
  int64_t rows() const { return rows_; }
  int64_t columns() const { return columns_; }
  PackedType type() const { return type_; }

  // Packs other values of the same sizes in place.
  void assign(const WeightView& weight);

  // The whole product in this thread, or its share of panels [begin, end): threads that divide the
  // panels between them write to columns of y of their own.
  void multiply(const SmallProduct& product) const { multiply(product, 0, panels()); }
  void multiply(const SmallProduct& product, int64_t begin, int64_t end) const;
  int64_t panels() const;

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };

  int64_t steps() const;  // columns, or pairs of them

  const PanelKernel* kernel_ = nullptr;
  int64_t rows_ = 0, columns_ = 0;
  PackedType type_ = PackedType::fp32;
  std::unique_ptr<std::byte[], Free> panels_{};  // [panels, steps, width], 4 bytes a step
};

}  // namespace rondo
