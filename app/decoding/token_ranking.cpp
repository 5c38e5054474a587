#include "app/decoding/token_ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/vector_clones.h"
#include "models/vector_math.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr float kNothing = -std::numeric_limits<float>::infinity();
using Lanes [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;
constexpr int64_t kLanes = sizeof(Lanes) / sizeof(float), kPiece = 64;  // floats

// The greatest of n values; those that are no numbers are passed over.
RONDO_VECTOR_CLONES
float greatest(const float* values, int64_t n) {
  Lanes best = Lanes{} + kNothing;
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const Lanes next = *reinterpret_cast<const Lanes*>(values + i);
    best = next > best ? next : best;
  }
  float found = kNothing;
  for (int64_t l = 0; l < kLanes; ++l) found = std::max(found, best[l]);
  for (; i < n; ++i) found = std::max(found, values[i]);
  return found;
}

RONDO_VECTOR_CLONES
float sum_of_exponentials(const float* values, int64_t n, float peak) {
  Lanes sums = {};
  float powers[kPiece];
  int64_t i = 0;
  for (; i + kPiece <= n; i += kPiece) {
    for (int64_t l = 0; l < kPiece; ++l) powers[l] = exponential(values[i + l] - peak);
    for (int64_t l = 0; l < kPiece; l += kLanes) {
      sums += *reinterpret_cast<const Lanes*>(powers + l);
    }
  }
  float sum = 0;
  for (; i < n; ++i) sum += exponential(values[i] - peak);
  for (int64_t l = 0; l < kLanes; ++l) sum += sums[l];
  return sum;
}

}  // namespace

TokenRanking::TokenRanking(int64_t rows, int64_t each)
    : each_(each),
      peaks_(static_cast<size_t>(rows), kNothing),
      sums_(static_cast<size_t>(rows), 0.0f),
      ends_(static_cast<size_t>(rows), kNothing),
      filled_(static_cast<size_t>(rows), 0),
      logits_(static_cast<size_t>(rows * each), kNothing),
      tokens_(static_cast<size_t>(rows * each), 0) {}

// Into a sorted list: a logit must beat the last of them to enter, which few do.
void TokenRanking::insert(int64_t row, float logit, int32_t token) {
  float* const logits = logits_.data() + row * each_;
  int32_t* const tokens = tokens_.data() + row * each_;
  int64_t& filled = filled_[static_cast<size_t>(row)];
  if (filled == each_ && !(logit > logits[each_ - 1])) return;
  int64_t place = filled < each_ ? filled++ : each_ - 1;
  for (; place > 0 && logit > logits[place - 1]; --place) {
    logits[place] = logits[place - 1];
    tokens[place] = tokens[place - 1];
  }
  logits[place] = logit;
  tokens[place] = token;
}

void TokenRanking::add_sum(int64_t row, float peak, float sum) {
  float& own_peak = peaks_[static_cast<size_t>(row)];
  float& own_sum = sums_[static_cast<size_t>(row)];
  if (peak > own_peak) {
    own_sum = own_sum * std::exp(own_peak - peak) + sum;
    own_peak = peak;
  } else if (peak != kNothing) {
    own_sum += sum * std::exp(peak - own_peak);
  }
}

void TokenRanking::add(int64_t row, int32_t first, std::span<const float> logits,
                       const BannedTokens& banned) {
  const auto count = static_cast<int64_t>(logits.size());
  const auto place = static_cast<size_t>(row);
  if (kEosId >= first && kEosId < first + count) {
    ends_[place] = logits[static_cast<size_t>(kEosId - first)];
  }
  float peak = peaks_[place];
  for (int64_t begin = 0; begin < count; begin += kPiece) {
    const float* const piece = logits.data() + begin;
    const int64_t size = std::min(kPiece, count - begin);
    const float best = greatest(piece, size);
    peak = std::max(peak, best);
    // A piece that cannot enter the list is not looked at again.
    if (filled_[place] == each_ && !(best > logits_[static_cast<size_t>((row + 1) * each_ - 1)])) {
      continue;
    }
    for (int64_t i = 0; i < size; ++i) {
      const auto token = static_cast<int32_t>(first + begin + i);
      const bool enters =
          filled_[place] < each_ || piece[i] > logits_[static_cast<size_t>((row + 1) * each_ - 1)];
      if (enters && !banned.holds(row, token)) insert(row, piece[i], token);
    }
  }
  if (peak == kNothing) return;
  add_sum(row, peak, sum_of_exponentials(logits.data(), count, peak));
}

void TokenRanking::merge(const TokenRanking& later) {
  for (size_t row = 0; row < peaks_.size(); ++row) {
    add_sum(static_cast<int64_t>(row), later.peaks_[row], later.sums_[row]);
    if (later.ends_[row] != kNothing) ends_[row] = later.ends_[row];
    const size_t begin = row * static_cast<size_t>(each_);
    for (size_t i = begin; i < begin + static_cast<size_t>(later.filled_[row]); ++i) {
      insert(static_cast<int64_t>(row), later.logits_[i], later.tokens_[i]);
    }
  }
}

RankedTokens TokenRanking::finish() && {
  for (size_t row = 0; row < peaks_.size(); ++row) {
    const float log_sum = std::log(sums_[row]);
    const auto normalise = [&](float& logit) { logit = logit - peaks_[row] - log_sum; };
    normalise(ends_[row]);
    for (int64_t i = 0; i < each_; ++i) {
      normalise(logits_[row * static_cast<size_t>(each_) + static_cast<size_t>(i)]);
    }
  }
  return {each_, std::move(logits_), std::move(tokens_), std::move(ends_)};
}

}  // namespace rondo
