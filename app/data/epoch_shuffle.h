#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace rondo {

// The random numbers of one epoch, by (seed, epoch) alone.
inline std::mt19937_64 epoch_generator(uint64_t seed, int64_t epoch) {
  std::seed_seq words{static_cast<uint32_t>(seed), static_cast<uint32_t>(seed >> 32),
                      static_cast<uint32_t>(epoch), static_cast<uint32_t>(epoch >> 32)};
  return std::mt19937_64(words);
}

// std::shuffle and the distributions differ between standard libraries; mt19937_64 does not.
template <typename T>
void shuffle(std::span<T> items, std::mt19937_64& generator) {
  for (size_t left = items.size(); left > 1; --left) {
    std::swap(items[left - 1], items[generator() % left]);
  }
}

}  // namespace rondo
