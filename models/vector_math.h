#pragma once

#include <cstdint>

#include "models/vector_clones.h"

// Functions without a branch or a call, so that a compiler makes vectors of the loops they are in.
// They are always part of those loops: each file may be compiled for an instruction set of its own.
namespace rondo {

// e^x for x <= 88, by 2^n * e^r with |r| <= ln(2) / 2 (Cephes' polynomial), exact to 2e-7. Adding
// and taking away 1.5 * 2^23 rounds to a whole number. Of NaN it is NaN.
RONDO_INLINE float exponential(float x) {
  constexpr float kRounder = 12582912.0f;
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float rounded = x * 1.44269504f + kRounder;
  const float n = rounded - kRounder;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  const int32_t exponent =
      __builtin_bit_cast(int32_t, rounded) - __builtin_bit_cast(int32_t, kRounder) + 127;
  return (p * r * r + r + 1.0f) * __builtin_bit_cast(float, exponent << 23);
}

// Exact to 2e-7, as is the tangent.
RONDO_INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }
RONDO_INLINE float hyperbolic_tangent(float x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

}  // namespace rondo
