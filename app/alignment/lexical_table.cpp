#include "app/alignment/lexical_table.h"

#include <algorithm>

namespace rondo {

LexicalTable::LexicalTable(std::vector<int64_t> offsets, std::vector<LexicalEntry> entries)
    : offsets_(std::move(offsets)), entries_(std::move(entries)) {}

void LexicalTable::push_back(std::span<const LexicalEntry> row) {
  entries_.insert(entries_.end(), row.begin(), row.end());
  offsets_.push_back(static_cast<int64_t>(entries_.size()));
}

std::span<const LexicalEntry> LexicalTable::operator[](int64_t row) const {
  const auto begin = static_cast<size_t>(offsets_[static_cast<size_t>(row)]);
  const auto end = static_cast<size_t>(offsets_[static_cast<size_t>(row) + 1]);
  return std::span(entries_).subspan(begin, end - begin);
}

std::vector<LexicalEntry> likeliest(std::vector<LexicalEntry> row, const RowLimits& limits) {
  const auto before = [](const LexicalEntry& a, const LexicalEntry& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.target < b.target;
  };
  const auto most = std::min(row.size(), static_cast<size_t>(std::max<int64_t>(limits.best, 0)));
  std::partial_sort(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(most), row.end(),
                    before);
  row.resize(most);
  row.resize(static_cast<size_t>(kept_entries(row, limits)));
  return row;
}

int64_t kept_entries(std::span<const LexicalEntry> row, const RowLimits& limits) {
  const auto first = row.first(std::min(row.size(), static_cast<size_t>(limits.best)));
  const auto too_rare = [&](const LexicalEntry& entry) {
    return static_cast<double>(entry.probability) < limits.threshold;
  };
  return std::ranges::find_if(first, too_rare) - first.begin();
}

}  // namespace rondo
