#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/metrics/ngram_numbering.h"

namespace rondo {

// What becomes of a word on the way from the hypothesis to the reference.
enum class Edit : uint8_t { keep, substitute, remove, insert, unreached };

// Word edit distance to one reference, looked for only near the diagonal, in the band that
// sacreBLEU takes: for sentences of more than 25 words the distance found may be above the true
// one, and TER is defined by what is found.
class BandedEditDistance {
 public:
  explicit BandedEditDistance(std::span<const uint32_t> reference);

  // The distance of the hypothesis; remembers all rows of its matrix.
  int64_t measure(std::span<const uint32_t> hypothesis);

  // The cheapest edits of the hypothesis measured last, first word first.
  std::vector<Edit> edits() const;

  // The distance of a reordering of the hypothesis measured last that leaves the first `unchanged`
  // words in place: only the rows behind them are computed.
  int64_t measure_reordered(std::span<const uint32_t> words, size_t unchanged);

 private:
  struct Cell {
    int32_t cost;
    Edit edit;
  };
  using Row = std::vector<Cell>;  // [reference words + 1]

  // row: number of hypothesis words taken, of `length` in all; word: the last of them.
  void fill(Row& cells, const Row& above, size_t row, size_t length, uint32_t word) const;

  std::span<const uint32_t> reference_;
  std::vector<Row> rows_;  // [hypothesis words + 1]
  Row scratch_above_, scratch_;
};

}  // namespace rondo
