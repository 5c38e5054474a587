#include "app/decoding/shortlist.h"

#include <algorithm>

#include "tokenizers/special_tokens.h"

namespace rondo {

Shortlist::Shortlist(std::shared_ptr<const LexicalTable> table, const ShortlistOptions& options,
                     int64_t target_vocab, bool copies)
    : table_(std::move(table)),
      options_(options),
      always_(static_cast<size_t>(target_vocab), false),
      copies_(copies) {
  std::fill_n(always_.begin(), std::min<int64_t>(kSpecialTokens, target_vocab), true);
  const auto frequent = table_->frequent();
  const auto count = std::min(frequent.size(), static_cast<size_t>(options.first));
  for (const LexicalEntry& entry : frequent.first(count)) {
    always_[static_cast<size_t>(entry.target)] = true;
  }
}

std::vector<int64_t> Shortlist::ids(const TokenTable& sources,
                                    std::span<const int64_t> lines) const {
  std::vector<bool> chosen = always_;
  std::vector<bool> done(static_cast<size_t>(table_->rows()), false);
  const RowLimits limits{.best = options_.best, .threshold = options_.threshold};
  for (const int64_t line : lines) {
    for (const int32_t piece : sources[line]) {
      if (done[static_cast<size_t>(piece)]) continue;
      done[static_cast<size_t>(piece)] = true;
      const auto row = (*table_)[piece];
      for (const auto& entry : row.first(static_cast<size_t>(kept_entries(row, limits)))) {
        chosen[static_cast<size_t>(entry.target)] = true;
      }
      if (copies_) chosen[static_cast<size_t>(piece)] = true;
    }
  }
  std::vector<int64_t> ids;
  for (size_t id = 0; id < chosen.size(); ++id) {
    if (chosen[id]) ids.push_back(static_cast<int64_t>(id));
  }
  return ids;
}

}  // namespace rondo
