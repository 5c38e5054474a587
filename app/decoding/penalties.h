#pragma once

#include <cstdint>

#include "app/decoding/options.h"

// The arithmetic that ranks hypotheses and bounds their length, as Wu et al. 2016 have it.
namespace rondo {

// ((5 + length) / 6)^alpha, eq. 14; length counts </s>. 1 when alpha is 0.
double length_penalty(int64_t length, double alpha);

// The best score that a hypothesis of log_prob can still reach when its final length lies in
// [shortest, longest]: more tokens only lower log_prob, and the coverage penalty is at most 0.
double best_reachable_score(double log_prob, int64_t shortest, int64_t longest, double alpha);

// How many tokens a translation may have, </s> not counted.
struct LengthLimits {
  int64_t min = 0;
  int64_t max = 0;
};

// source_tokens does not count </s>. The minimum never exceeds the maximum.
LengthLimits length_limits(int64_t source_tokens, const SearchOptions& options);

}  // namespace rondo
