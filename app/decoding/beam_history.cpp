#include "app/decoding/beam_history.h"

#include <algorithm>
#include <numeric>

namespace rondo {

void BeamHistory::to_host() {
  for (auto& attention : attention_) {
    attention = attention.to(torch::kCPU, torch::kFloat).contiguous();
  }
}

std::vector<float> BeamHistory::attention_row(int64_t step, int64_t row, int64_t length) const {
  const torch::Tensor& weights = attention_[static_cast<size_t>(step)];  // [rows, source_time]
  const float* const begin = weights.data_ptr<float>() + row * weights.size(1);
  return {begin, begin + length};
}

Hypothesis BeamHistory::trace(const Ending& ending, int64_t source_length) const {
  Hypothesis found;
  const bool with_attention = !attention_.empty();
  if (!ending.cut) {
    found.token_log_probs.push_back(static_cast<float>(ending.end_log_prob));
    if (with_attention) {
      found.attention.push_back(attention_row(ending.step, ending.row, source_length));
    }
  }
  int64_t row = ending.row;
  for (int64_t step = ending.step - 1; step >= 0; --step) {
    const Choice& choice = choices_[static_cast<size_t>(step)];
    const auto place = static_cast<size_t>(row);
    found.ids.push_back(choice.tokens[place]);
    found.token_log_probs.push_back(choice.log_probs[place]);
    row = choice.parents[place];
    if (with_attention) found.attention.push_back(attention_row(step, row, source_length));
  }
  std::reverse(found.ids.begin(), found.ids.end());
  std::reverse(found.token_log_probs.begin(), found.token_log_probs.end());
  std::reverse(found.attention.begin(), found.attention.end());
  found.log_prob = std::accumulate(found.token_log_probs.begin(), found.token_log_probs.end(), 0.0);
  found.score = ending.score;
  return found;
}

}  // namespace rondo
