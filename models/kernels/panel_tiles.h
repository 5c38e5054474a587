#pragma once

#include <cstdint>

#include "models/kernels/panel_kernel.h"

// The body of every panel kernel. It is compiled with options of its own in each file that includes
// it, so it must call no inline function that another file might share; templates are kept apart by
// the tag that each file declares in its anonymous namespace.
namespace rondo {

// Vectors of so many bytes, read from any address.
template <int kBytes>
struct Vectors {
  using Floats [[gnu::vector_size(kBytes), gnu::aligned(4), gnu::may_alias]] = float;
  using Words [[gnu::vector_size(kBytes), gnu::aligned(4), gnu::may_alias]] = uint32_t;
  static constexpr int kLanes = kBytes / 4;
};

// Tiles of kRows rows of x by kVectors vectors, whose sums stay in registers.
template <class Tag, int kBytes>
struct Fp32Product {
  using Floats = typename Vectors<kBytes>::Floats;
  using Weights = Floats;
  using Step = float;
  using Factor = Floats;
  static Factor factor(Step x) { return Floats{} + x; }
  static Floats plus(Floats sum, Weights weights, Factor x) { return sum + weights * x; }
};

// Pairs of bf16 widened to float; of a pair the first lies in the lower half.
template <class Tag, int kBytes>
struct WidenedProduct {
  using Floats = typename Vectors<kBytes>::Floats;
  using Weights = typename Vectors<kBytes>::Words;
  using Step = uint32_t;
  using Factor = struct { Floats first, second; };
  static Factor factor(Step x) {
    const Weights pair = Weights{} + x;
    return {reinterpret_cast<Floats>(pair << 16), reinterpret_cast<Floats>(pair & 0xffff0000u)};
  }
  static Floats plus(Floats sum, Weights weights, Factor x) {
    sum += reinterpret_cast<Floats>(weights << 16) * x.first;
    return sum + reinterpret_cast<Floats>(weights & 0xffff0000u) * x.second;
  }
};

template <class Product, int kVectors, int kMostRows>
struct PanelTiles {
  using Floats = typename Product::Floats;
  using Weights = typename Product::Weights;
  using Step = typename Product::Step;
  static constexpr int kLanes = sizeof(Floats) / sizeof(float);
  static constexpr int kWidth = kVectors * kLanes;

  static void run(const PanelCall& call) {
    const int64_t tiles = (call.count + kMostRows - 1) / kMostRows;
    int64_t row = 0;
    for (int64_t tile = 0; tile < tiles; ++tile) {  // of nearly equal heights
      const int64_t rows = (call.count - row + tiles - tile - 1) / (tiles - tile);
      run_rows<kMostRows>(call, row, rows);
      row += rows;
    }
  }

 private:
  template <int kRows>
  static void run_rows(const PanelCall& call, int64_t row, int64_t rows) {
    if constexpr (kRows > 0) {
      if (rows == kRows) return run_tile<kRows>(call, row);
      run_rows<kRows - 1>(call, row, rows);
    }
  }

  template <int kRows>
  static void run_tile(const PanelCall& call, int64_t row) {
    Floats sums[kRows][kVectors];
    begin<kRows>(call, sums);
    const Step* x = static_cast<const Step*>(call.x) + row * call.x_stride;
    const Step* panel = static_cast<const Step*>(call.panel);
    for (int64_t step = 0; step < call.steps; ++step, panel += kWidth) {
      Weights weights[kVectors];
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) {
        weights[v] = *reinterpret_cast<const Weights*>(panel + v * kLanes);
      }
#pragma GCC unroll 16
      for (int r = 0; r < kRows; ++r) {
        const auto factor = Product::factor(x[r * call.x_stride + step]);
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) {
          sums[r][v] = Product::plus(sums[r][v], weights[v], factor);
        }
      }
    }
    end<kRows>(call, row, sums);
  }

  template <int kRows>
  static void begin(const PanelCall& call, Floats (&sums)[kRows][kVectors]) {
    float bias[kWidth] = {};
    if (call.bias) {
      for (int64_t i = 0; i < call.columns; ++i) bias[i] = call.bias[i];
    }
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 8
      for (int v = 0; v < kVectors; ++v) {
        sums[r][v] = *reinterpret_cast<const Floats*>(bias + v * kLanes);
      }
    }
  }

  template <int kRows>
  static void end(const PanelCall& call, int64_t row, const Floats (&sums)[kRows][kVectors]) {
#pragma GCC unroll 16
    for (int r = 0; r < kRows; ++r) {
      float* y = call.y + (row + r) * call.y_stride;
      if (call.columns == kWidth) {
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) {
          Floats& to = *reinterpret_cast<Floats*>(y + v * kLanes);
          to = call.add ? to + sums[r][v] : sums[r][v];
        }
      } else {
        float whole[kWidth];
#pragma GCC unroll 8
        for (int v = 0; v < kVectors; ++v) {
          *reinterpret_cast<Floats*>(whole + v * kLanes) = sums[r][v];
        }
        for (int64_t i = 0; i < call.columns; ++i) y[i] = whole[i] + (call.add ? y[i] : 0.0f);
      }
    }
  }
};

template <class Tag>
void round_values_to_bf16(const float* from, int64_t count, uint16_t* to) {
  for (int64_t i = 0; i < count; ++i) {
    uint32_t bits;
    __builtin_memcpy(&bits, from + i, 4);
    const uint32_t rounded = bits + 0x7fffu + ((bits >> 16) & 1u);
    const bool number = (bits & 0x7fffffffu) <= 0x7f800000u;
    to[i] = static_cast<uint16_t>((number ? rounded : bits | 0x400000u) >> 16);
  }
}

}  // namespace rondo
