#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/decoding/banned_tokens.h"

namespace rondo {

// The best next tokens of each row, and how likely the end is.
struct RankedTokens {
  int64_t each = 0;                // tokens kept a row
  std::vector<float> log_probs{};  // [rows, each], best first
  std::vector<int32_t> tokens{};   // [rows, each]
  std::vector<float> ends{};       // [rows], log-probability of </s>
};

// Reads the logits of some rows piece by piece, in the order of the tokens, and knows at the end
// each row's best tokens with their log-probabilities: the sum over the vocabulary is kept relative
// to the greatest logit so far (Milakov & Gimelshein 2018), so that no row is ever held whole.
// Among equal logits the token with the lower number comes first. Torch-free.
class TokenRanking {
 public:
  // each <= the vocabulary less what is banned, or the rest is filled with the token 0 at -inf.
  TokenRanking(int64_t rows, int64_t each);

  // logits of the tokens first, first + 1, ... of one row, behind those that it was given before.
  void add(int64_t row, int32_t first, std::span<const float> logits, const BannedTokens& banned);

  // What another ranking of these rows has read of later tokens.
  void merge(const TokenRanking& later);

  RankedTokens finish() &&;

 private:
  void insert(int64_t row, float logit, int32_t token);
  void add_sum(int64_t row, float peak, float sum);

  int64_t each_ = 0;
  std::vector<float> peaks_, sums_, ends_;  // [rows]; sum of exp(logit - peak)
  std::vector<int64_t> filled_;             // [rows]
  std::vector<float> logits_;               // [rows, each], best first
  std::vector<int32_t> tokens_;             // [rows, each]
};

}  // namespace rondo
