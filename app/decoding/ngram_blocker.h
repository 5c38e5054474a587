#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rondo {

// Bans tokens that would repeat an n-gram of the same hypothesis (Paulus et al. 2018).
class NgramBlocker {
 public:
  explicit NgramBlocker(int64_t size) : size_(size) {}  // 0 = off

  // What each row may not put out next; empty when off or before the first token.
  std::vector<std::vector<int32_t>> banned() const;

  // Row i continues what was row parents[i] with tokens[i]. There is one nameless row a parent at
  // first.
  void advance(std::span<const int64_t> parents, std::span<const int32_t> tokens);

 private:
  int64_t size_ = 0;
  std::vector<std::vector<int32_t>> rows_;  // [rows][tokens so far]
};

}  // namespace rondo
