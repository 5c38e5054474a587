#include "app/decoding/ngram_blocker.h"

#include <algorithm>

namespace rondo {
namespace {

// What followed, somewhere in the tokens, what their last size - 1 are.
std::vector<int32_t> repeated_ends(std::span<const int32_t> tokens, size_t size) {
  std::vector<int32_t> ends;
  const size_t prefix = size - 1;
  if (tokens.size() < size) return ends;
  const auto last = tokens.last(prefix);
  for (size_t begin = 0; begin + prefix < tokens.size(); ++begin) {
    if (std::ranges::equal(tokens.subspan(begin, prefix), last)) {
      ends.push_back(tokens[begin + prefix]);
    }
  }
  return ends;
}

}  // namespace

std::vector<std::vector<int32_t>> NgramBlocker::banned() const {
  std::vector<std::vector<int32_t>> all;
  for (const auto& row : rows_) all.push_back(repeated_ends(row, static_cast<size_t>(size_)));
  return all;
}

void NgramBlocker::advance(std::span<const int64_t> parents, std::span<const int32_t> tokens) {
  if (size_ <= 0) return;
  std::vector<std::vector<int32_t>> next;
  for (size_t i = 0; i < tokens.size(); ++i) {
    next.push_back(rows_.empty() ? std::vector<int32_t>{} : rows_[static_cast<size_t>(parents[i])]);
    next.back().push_back(tokens[i]);
  }
  rows_ = std::move(next);
}

}  // namespace rondo
