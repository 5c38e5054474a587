#include "app/decoding/penalties.h"

#include <algorithm>
#include <cmath>

namespace rondo {

double length_penalty(int64_t length, double alpha) {
  return std::pow((5.0 + static_cast<double>(length)) / 6.0, alpha);
}

double best_reachable_score(double log_prob, int64_t shortest, int64_t longest, double alpha) {
  // The penalty is monotone in length, so one of the two ends is the best.
  return std::max(log_prob / length_penalty(shortest, alpha),
                  log_prob / length_penalty(longest, alpha));
}

LengthLimits length_limits(int64_t source_tokens, const SearchOptions& options) {
  constexpr int64_t kSlack = 10;  // room for very short sources
  const auto source = static_cast<double>(source_tokens);
  LengthLimits limits;
  limits.max = static_cast<int64_t>(std::floor(options.max_length_ratio * source)) + kSlack;
  limits.min = static_cast<int64_t>(std::ceil(options.min_length_ratio * source));
  limits.min = std::min(limits.min, limits.max);
  return limits;
}

}  // namespace rondo
