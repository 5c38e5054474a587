#include "app/metrics/ngram_numbering.h"

#include <algorithm>

namespace rondo {
namespace {

template <typename T>
std::vector<T> sorted_distinct(std::span<const std::vector<T>> lists) {
  std::vector<T> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Each item's rank among the sorted distinct ones.
template <typename T>
SymbolSequence ranks(const std::vector<T>& items, const std::vector<T>& distinct) {
  SymbolSequence result;
  result.reserve(items.size());
  for (const T& item : items) {
    const auto found = std::lower_bound(distinct.begin(), distinct.end(), item);
    result.push_back(static_cast<uint32_t>(found - distinct.begin()));
  }
  return result;
}

}  // namespace

std::vector<SymbolSequence> number_words(
    std::span<const std::vector<std::u32string_view>> sentences) {
  const auto vocabulary = sorted_distinct(sentences);
  std::vector<SymbolSequence> numbered;
  for (const auto& sentence : sentences) numbered.push_back(ranks(sentence, vocabulary));
  return numbered;
}

NgramNumbering::NgramNumbering(std::vector<SymbolSequence> sequences)
    : symbols_(std::move(sequences)) {
  std::vector<std::vector<uint64_t>> keys;
  for (const auto& symbols : symbols_) keys.emplace_back(symbols.begin(), symbols.end());
  renumber(keys);
}

void NgramNumbering::lengthen() {
  std::vector<std::vector<uint64_t>> keys(symbols_.size());
  for (size_t s = 0; s < symbols_.size(); ++s) {
    for (size_t i = 0; i + order_ < symbols_[s].size(); ++i) {
      keys[s].push_back(uint64_t{ngrams_[s][i]} << 32 | symbols_[s][i + order_]);
    }
  }
  ++order_;
  renumber(keys);
}

std::vector<int64_t> NgramNumbering::counts(size_t sequence) const {
  std::vector<int64_t> result(distinct_);
  for (uint32_t ngram : ngrams_[sequence]) ++result[ngram];
  return result;
}

void NgramNumbering::renumber(const std::vector<std::vector<uint64_t>>& keys) {
  const auto distinct = sorted_distinct(std::span(keys));
  distinct_ = distinct.size();
  ngrams_.clear();
  for (const auto& list : keys) ngrams_.push_back(ranks(list, distinct));
}

int64_t clipped_matches(std::span<const int64_t> a, std::span<const int64_t> b) {
  int64_t matches = 0;
  for (size_t i = 0; i < a.size(); ++i) matches += std::min(a[i], b[i]);
  return matches;
}

}  // namespace rondo
