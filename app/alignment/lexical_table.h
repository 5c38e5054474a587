#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rondo {

// A target piece, and how probable it is where its row's source piece is seen.
struct LexicalEntry {
  int32_t target = 0;
  float probability = 0;
  bool operator==(const LexicalEntry&) const = default;
};

// p(target piece | source piece), the likeliest first, a row a source piece. One row more, the
// last, is of no source piece: the share of each target piece among all of the text.
class LexicalTable {
 public:
  LexicalTable() = default;
  // offsets [rows + 1] from 0 up to entries.size(), never falling.
  LexicalTable(std::vector<int64_t> offsets, std::vector<LexicalEntry> entries);

  // The rows of a vocabulary of so many source pieces, in order, are added one by one.
  void push_back(std::span<const LexicalEntry> row);

  int64_t rows() const { return static_cast<int64_t>(offsets_.size()) - 1; }
  std::span<const LexicalEntry> operator[](int64_t row) const;
  std::span<const LexicalEntry> frequent() const { return (*this)[rows() - 1]; }

  const std::vector<int64_t>& offsets() const { return offsets_; }
  const std::vector<LexicalEntry>& entries() const { return entries_; }
  bool operator==(const LexicalTable&) const = default;

 private:
  std::vector<int64_t> offsets_{0};
  std::vector<LexicalEntry> entries_{};
};

// How much of a row is kept; see the keys testing.shortlist_best and .shortlist_threshold.
struct RowLimits {
  int64_t best = 100;      // entries at most
  double threshold = 0.0;  // least probability
};

// The entries that the limits keep of a row in any order, likeliest first, equals by their number.
std::vector<LexicalEntry> likeliest(std::vector<LexicalEntry> row, const RowLimits& limits);

// How many entries of such a row the limits keep.
int64_t kept_entries(std::span<const LexicalEntry> row, const RowLimits& limits);

}  // namespace rondo
