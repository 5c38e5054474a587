#include "tokenizers/token_table.h"

#include <algorithm>

namespace rondo {

void TokenTable::push_back(std::span<const int32_t> ids) {
  ids_.insert(ids_.end(), ids.begin(), ids.end());
  offsets_.push_back(tokens());
}

void TokenTable::append(const TokenTable& other) {
  const int64_t shift = tokens();
  ids_.insert(ids_.end(), other.ids_.begin(), other.ids_.end());
  for (size_t i = 1; i < other.offsets_.size(); ++i) offsets_.push_back(other.offsets_[i] + shift);
}

std::span<const int32_t> TokenTable::operator[](int64_t line) const {
  return std::span(ids_).subspan(offsets_[line], length(line));
}

TokenTable cropped_lines(const TokenTable& table, int64_t limit) {
  TokenTable shorter;
  for (int64_t line = 0; line < table.size(); ++line) {
    shorter.push_back(table[line].first(std::min(table.length(line), limit)));
  }
  return shorter;
}

}  // namespace rondo
