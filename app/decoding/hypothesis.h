#pragma once

#include <cstdint>
#include <vector>

namespace rondo {

// One finished translation in ids.
struct Hypothesis {
  std::vector<int32_t> ids{};            // without <s>, without </s>
  std::vector<float> token_log_probs{};  // one an id, and one for </s> when it ended by itself
  double log_prob = 0;                   // their sum, nats
  double score = 0;                      // log_prob over the length penalty, less coverage penalty
  std::vector<std::vector<float>>
      attention{};  // [ids + </s>][source tokens]; empty unless asked for
};

}  // namespace rondo
