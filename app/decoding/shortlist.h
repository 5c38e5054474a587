#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "app/alignment/lexical_table.h"
#include "app/decoding/options.h"
#include "tokenizers/token_table.h"

namespace rondo {

// The target pieces that the translations of given sources may hold (Jean et al. 2015, section
// 3.2; L'Hostis et al. 2016): the likeliest of each source piece, and the most frequent ones.
class Shortlist {
 public:
  // copies: source and target share a vocabulary, so that every source piece may come out as it is.
  Shortlist(std::shared_ptr<const LexicalTable> table, const ShortlistOptions& options,
            int64_t target_vocab, bool copies);

  // For a batch of lines: ascending, and so the special tokens first, under their own numbers.
  std::vector<int64_t> ids(const TokenTable& sources, std::span<const int64_t> lines) const;

 private:
  std::shared_ptr<const LexicalTable> table_;
  ShortlistOptions options_;
  std::vector<bool> always_;  // [target_vocab]
  bool copies_ = false;
};

}  // namespace rondo
