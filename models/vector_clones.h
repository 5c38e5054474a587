#pragma once

#include <bit>
#include <cstdint>

// For loops that are compiled for several instruction sets, of which the program takes the best at
// its start: Rondo itself is built for any x86-64. The options that make vectors of them are in
// CMakeLists.txt; elsewhere such a loop is as fast as the compiler makes it.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define RONDO_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define RONDO_VECTOR_CLONES
#endif
// A part of such a loop, which must be compiled with it.
#define RONDO_INLINE inline __attribute__((always_inline))

namespace rondo {

// e^x for x <= 88, by 2^n * e^r with |r| <= ln(2) / 2 (Cephes' polynomial), exact to 2e-7; no
// branches, so that a compiler makes vectors of it. Adding and taking away 1.5 * 2^23 rounds to a
// whole number. Of NaN it is NaN.
RONDO_INLINE float fast_exponential(float x) {
  constexpr float kRounder = 12582912.0F;
  x = x < -87.0F ? -87.0F : x;
  x = x > 88.0F ? 88.0F : x;
  const float rounded = x * 1.44269504F + kRounder;
  const float n = rounded - kRounder;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const int32_t exponent = std::bit_cast<int32_t>(rounded) - std::bit_cast<int32_t>(kRounder) + 127;
  return (p * r * r + r + 1.0F) * std::bit_cast<float>(exponent << 23);
}

}  // namespace rondo
