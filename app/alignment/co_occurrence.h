#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tokenizers/token_table.h"

namespace rondo {

// Sentence pairs as ids, line by line, and the vocabularies that these are of.
struct AlignedText {
  const TokenTable& source;
  const TokenTable& target;
  int64_t source_vocab = 0;
  int64_t target_vocab = 0;
};

// Which target pieces stand in a sentence pair with each source piece; every such pair has a
// number. A last row, of no source piece, holds all target pieces of the text.
class CoOccurrence {
 public:
  // The same whatever the number of threads. 4 bytes a pair.
  CoOccurrence(const AlignedText& text, int64_t num_threads);

  int64_t rows() const { return static_cast<int64_t>(offsets_.size()) - 1; }
  int64_t null_row() const { return rows() - 1; }
  int64_t size() const { return static_cast<int64_t>(targets_.size()); }  // pairs
  int64_t begin(int64_t row) const { return offsets_[static_cast<size_t>(row)]; }
  // The targets of a row, ascending; they are the pairs from begin(row) on.
  std::span<const int32_t> targets(int64_t row) const;
  int64_t number(int64_t row, int32_t target) const;  // of a pair that there is

 private:
  std::vector<int64_t> offsets_;  // [rows + 1]
  std::vector<int32_t> targets_;
};

}  // namespace rondo
