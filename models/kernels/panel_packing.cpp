#include "models/kernels/panel_packing.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace rondo {
namespace {

constexpr int64_t kBlock = 16;  // steps packed at a time: a cache line of each row

// One row's words into a column of the panel. Of whole blocks the compiler knows the length.
inline void scatter(const std::byte* words, int64_t count, int64_t width, uint32_t* to) {
  const auto move = [&](int64_t step) { std::memcpy(to + step * width, words + step * 4, 4); };
  if (count == kBlock) {
#pragma GCC unroll 16
    for (int64_t step = 0; step < kBlock; ++step) move(step);
  } else {
    for (int64_t step = 0; step < count; ++step) move(step);
  }
}

void pack_rows(const WeightView& rows, PackedType type, const PanelKernel& kernel, uint32_t* to) {
  const int64_t values = type == PackedType::bf16 ? 2 : 1, columns = kBlock * values;
  std::array<uint16_t, kBlock * 2> rounded{};
  for (int64_t begin = 0; begin < rows.columns; begin += columns, to += kBlock * kernel.width) {
    const int64_t taken = std::min(columns, rows.columns - begin);
    for (int64_t row = 0; row < rows.rows; ++row) {
      const float* from = rows.data + row * rows.stride + begin;
      if (type == PackedType::fp32) {
        scatter(reinterpret_cast<const std::byte*>(from), taken, kernel.width, to + row);
        continue;
      }
      kernel.round_to_bf16(from, taken, rounded.data());
      if (taken % 2 == 1) rounded[static_cast<size_t>(taken)] = 0;
      scatter(reinterpret_cast<const std::byte*>(rounded.data()), (taken + 1) / 2, kernel.width,
              to + row);
    }
  }
}

void pack_columns(const WeightView& rows, PackedType type, const PanelKernel& kernel,
                  uint32_t* to) {
  if (type == PackedType::fp32) {
    for (int64_t column = 0; column < rows.columns; ++column, to += kernel.width) {
      std::memcpy(to, rows.data + column * rows.stride, static_cast<size_t>(rows.rows) * 4);
    }
    return;
  }
  const auto size = static_cast<size_t>(rows.rows);
  std::vector<uint16_t> first(size), second(size);
  for (int64_t column = 0; column < rows.columns; column += 2, to += kernel.width) {
    kernel.round_to_bf16(rows.data + column * rows.stride, rows.rows, first.data());
    if (column + 1 < rows.columns) {
      kernel.round_to_bf16(rows.data + (column + 1) * rows.stride, rows.rows, second.data());
    } else {
      std::fill(second.begin(), second.end(), uint16_t{0});
    }
    for (size_t row = 0; row < size; ++row) {
      to[row] = first[row] | static_cast<uint32_t>(second[row]) << 16;
    }
  }
}

}  // namespace

void pack_panel(const WeightView& rows, PackedType type, const PanelKernel& kernel,
                std::byte* panel) {
  auto* to = reinterpret_cast<uint32_t*>(panel);
  const int64_t steps = type == PackedType::bf16 ? (rows.columns + 1) / 2 : rows.columns;
  if (rows.rows < kernel.width) std::fill_n(to, steps * kernel.width, 0u);
  (rows.transposed ? pack_columns : pack_rows)(rows, type, kernel, to);
}

}  // namespace rondo
