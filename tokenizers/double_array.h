#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// A trie over byte strings in two flat arrays (Aoe 1989). A node is a cell, and its child for byte
// c is cell base ^ c of its base, which is there when that cell's label is c. Cell 0 is the root.
// No two nodes have one base, and a node without children has that of a row of empty cells, so a
// walk needs no other test. Zero bytes label nothing.
struct DoubleArray {
  static constexpr int32_t kEmptyLabel = 0xFE;  // never a byte of UTF-8
  static constexpr int32_t kLabels = 256;

  int32_t base(size_t cell) const { return cells[cell] / kLabels; }
  int32_t label(size_t cell) const { return cells[cell] % kLabels; }

  std::vector<int32_t> cells{};  // base * kLabels + label
  std::vector<int32_t> ids{};    // of the key that ends at the cell, or -1
};

struct DoubleArrayKey {
  std::string text{};  // not empty
  int32_t id = 0;
};

// Throws TokenizerError for a key with a zero byte or 0xFE, two equal keys, or too many of them.
DoubleArray build_double_array(std::vector<DoubleArrayKey> keys);

}  // namespace rondo
