#include "app/metrics/pcg64.h"

#include <array>
#include <bit>
#include <cstddef>
#include <limits>

namespace rondo {
namespace {

using Pool = std::array<uint32_t, 4>;

// One of the two hashes of numpy's SeedSequence: xor, then multiply, by constants that move on.
struct Hash {
  uint32_t constant, multiplier;

  uint32_t operator()(uint32_t value) {
    value ^= constant;
    constant *= multiplier;
    value *= constant;
    return value ^ value >> 16;
  }
};

uint32_t mix(uint32_t x, uint32_t y) {
  const uint32_t mixed = 0xCA01F9DDu * x - 0x4973F715u * y;
  return mixed ^ mixed >> 16;
}

Pool entropy_pool(uint64_t seed) {
  Hash hash{0x43B0D7E5u, 0x931E8875u};
  Pool pool{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32)};
  for (uint32_t& word : pool) word = hash(word);
  for (size_t from = 0; from < pool.size(); ++from) {
    for (size_t to = 0; to < pool.size(); ++to) {
      if (from != to) pool[to] = mix(pool[to], hash(pool[from]));
    }
  }
  return pool;
}

// Four 64-bit words, each from two 32-bit ones, the low one first.
std::array<uint64_t, 4> seed_words(uint64_t seed) {
  const Pool pool = entropy_pool(seed);
  Hash hash{0x8B51F9DDu, 0x58F38DEDu};
  std::array<uint64_t, 4> words{};
  for (size_t i = 0; i < 2 * words.size(); ++i) {
    words[i / 2] |= uint64_t{hash(pool[i % pool.size()])} << (i % 2 * 32);
  }
  return words;
}

}  // namespace

Pcg64::Pcg64(uint64_t seed) {
  const auto words = seed_words(seed);
  increment_ = (Wide{words[2]} << 64 | words[3]) << 1 | 1;
  next64();
  state_ += Wide{words[0]} << 64 | words[1];
  next64();
}

uint64_t Pcg64::next64() {
  constexpr Wide kMultiplier = Wide{2549297995355413924u} << 64 | 4865540595714422341u;
  state_ = state_ * kMultiplier + increment_;
  const auto high = static_cast<uint64_t>(state_ >> 64);
  return std::rotr(high ^ static_cast<uint64_t>(state_), static_cast<int>(high >> 58));
}

uint32_t Pcg64::next32() {
  has_upper_half_ = !has_upper_half_;
  if (!has_upper_half_) return upper_half_;
  const uint64_t both = next64();
  upper_half_ = static_cast<uint32_t>(both >> 32);
  return static_cast<uint32_t>(both);
}

uint32_t Pcg64::below(uint32_t bound) {
  if (bound == 1) return 0;
  const uint32_t threshold = (std::numeric_limits<uint32_t>::max() - (bound - 1)) % bound;
  uint64_t product = 0;
  do {
    product = uint64_t{next32()} * bound;
  } while (static_cast<uint32_t>(product) < threshold);
  return static_cast<uint32_t>(product >> 32);
}

}  // namespace rondo
