#include "models/kernels/packed_matrix.h"

#include <algorithm>
#include <new>
#include <vector>

#include "models/kernels/panel_packing.h"

namespace rondo {
namespace {

constexpr std::align_val_t kLine{64};
constexpr int64_t kStepBytes = 4;  // one float or two bf16
// Steps that one pass of a kernel sums: its part of x stays in the first cache.
constexpr int64_t kDepth = 512;

}  // namespace

void PackedMatrix::Free::operator()(std::byte* memory) const { ::operator delete[](memory, kLine); }

PackedMatrix::PackedMatrix(const WeightView& weight, PackedType type, InstructionSet instructions)
    : kernel_(&panel_kernel(instructions)),
      rows_(weight.rows),
      columns_(weight.columns),
      type_(type) {
  const auto bytes = static_cast<size_t>(panels() * steps() * kernel_->width * kStepBytes);
  panels_.reset(static_cast<std::byte*>(::operator new[](bytes, kLine)));
  assign(weight);
}

int64_t PackedMatrix::steps() const {
  return type_ == PackedType::bf16 ? (columns_ + 1) / 2 : columns_;
}

int64_t PackedMatrix::panels() const {
  return defined() ? (rows_ + kernel_->width - 1) / kernel_->width : 0;
}

void PackedMatrix::assign(const WeightView& weight) {
  for (int64_t panel = 0; panel < panels(); ++panel) {
    const int64_t first = panel * kernel_->width;
    WeightView part = weight;
    part.data += first * (weight.transposed ? 1 : weight.stride);
    part.rows = std::min(kernel_->width, rows_ - first);
    pack_panel(part, type_, *kernel_, panels_.get() + first * steps() * kStepBytes);
  }
}

void PackedMatrix::multiply(const SmallProduct& product, int64_t begin, int64_t end) const {
  thread_local std::vector<uint16_t> rounded;
  PanelCall call{.x = product.x,
                 .x_stride = product.x_stride,
                 .count = product.count,
                 .y_stride = product.y_stride};
  if (type_ == PackedType::bf16) {
    rounded.resize(static_cast<size_t>(product.count * steps() * 2));
    for (int64_t row = 0; row < product.count; ++row) {
      uint16_t* to = rounded.data() + row * steps() * 2;
      kernel_->round_to_bf16(product.x + row * product.x_stride, columns_, to);
      if (columns_ % 2 == 1) to[columns_] = 0;
    }
    call.x = rounded.data();
    call.x_stride = steps();
  }
  const auto* x = static_cast<const std::byte*>(call.x);
  for (int64_t panel = begin; panel < end; ++panel) {
    const int64_t first = panel * kernel_->width;
    const auto* memory = panels_.get() + first * steps() * kStepBytes;
    call.y = product.y + first;
    call.columns = std::min(kernel_->width, rows_ - first);
    for (int64_t step = 0; step == 0 || step < steps(); step += kDepth) {
      call.panel = memory + step * kernel_->width * kStepBytes;
      call.x = x + step * kStepBytes;
      call.steps = std::min(kDepth, steps() - step);
      call.bias = product.bias && step == 0 ? product.bias + first : nullptr;
      call.add = product.add || step > 0;
      (type_ == PackedType::bf16 ? kernel_->bf16 : kernel_->fp32)(call);
    }
  }
}

}  // namespace rondo
