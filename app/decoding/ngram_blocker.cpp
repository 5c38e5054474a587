#include "app/decoding/ngram_blocker.h"

#include <limits>

#include "tokenizers/special_tokens.h"

namespace rondo {

void NgramBlocker::ban(torch::Tensor& logits) const {
  if (size_ <= 0 || !history_.defined() || history_.size(1) < size_) return;
  const int64_t prefix = size_ - 1;
  const auto grams = history_.unfold(1, size_, 1);  // [rows, windows, size]
  const auto last = history_.narrow(1, history_.size(1) - prefix, prefix).unsqueeze(1);
  const auto seen = (grams.narrow(2, 0, prefix) == last).all(2);  // [rows, windows]
  // Windows that do not match ban <pad>, which nothing may put out anyway.
  const auto banned = grams.select(2, prefix).masked_fill(seen.logical_not(), kPadId);
  logits.scatter_(1, banned, -std::numeric_limits<double>::infinity());
}

void NgramBlocker::advance(const torch::Tensor& parents, const torch::Tensor& tokens) {
  if (size_ <= 0) return;
  const auto column = tokens.unsqueeze(1);
  if (!history_.defined()) {
    history_ = column;
    return;
  }
  const auto kept = parents.defined() ? history_.index_select(0, parents) : history_;
  history_ = torch::cat({kept, column}, 1);
}

}  // namespace rondo
