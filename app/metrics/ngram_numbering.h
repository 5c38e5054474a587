#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rondo {

using SymbolSequence = std::vector<uint32_t>;

// Equal words get equal numbers, over all sentences given.
std::vector<SymbolSequence> number_words(
    std::span<const std::vector<std::u32string_view>> sentences);

// Numbers the n-grams of a few sequences that are to be compared, so that equal n-grams have equal
// numbers: exact, with neither hashes nor strings. An (n+1)-gram is the pair of its first n
// symbols' number and its last symbol.
class NgramNumbering {
 public:
  explicit NgramNumbering(std::vector<SymbolSequence> sequences);

  void lengthen();  // from n-grams to (n+1)-grams; n is 1 at first

  // How often each n-gram occurs in one sequence; by number, the same numbers for all sequences.
  std::vector<int64_t> counts(size_t sequence) const;
  int64_t total(size_t sequence) const { return static_cast<int64_t>(ngrams_[sequence].size()); }
  size_t sequences() const { return ngrams_.size(); }

 private:
  void renumber(const std::vector<std::vector<uint64_t>>& keys);

  size_t order_ = 1;
  size_t distinct_ = 0;
  std::vector<SymbolSequence> symbols_;
  std::vector<SymbolSequence> ngrams_;  // [sequence][position], each below distinct_
};

// Sum of min(a, b): n-grams of a that b has too, each as often as b has it.
int64_t clipped_matches(std::span<const int64_t> a, std::span<const int64_t> b);

}  // namespace rondo
