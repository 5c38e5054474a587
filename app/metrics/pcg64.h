#pragma once

#include <cstdint>

namespace rondo {

// The PCG XSL-RR 128/64 generator (O'Neill 2014), seeded and bounded as numpy's default_rng is, so
// that resampling draws the very lines that sacreBLEU draws with the same seed.
class Pcg64 {
 public:
  explicit Pcg64(uint64_t seed);

  uint64_t next64();
  uint32_t next32();  // halves of next64, the low one first

  // Uniform in [0, bound), bound > 0; Lemire 2019.
  uint32_t below(uint32_t bound);

 private:
  using Wide = unsigned __int128;

  Wide state_ = 0;
  Wide increment_ = 0;
  uint32_t upper_half_ = 0;
  bool has_upper_half_ = false;
};

}  // namespace rondo
