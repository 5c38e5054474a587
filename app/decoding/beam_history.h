#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/decoding/finish_rule.h"
#include "app/decoding/hypothesis.h"

namespace rondo {

// What a beam search chose at each step, kept as back pointers, so that nothing is copied when
// hypotheses branch.
class BeamHistory {
 public:
  // How the rows of a step came to be; all [rows].
  struct Choice {
    std::vector<int64_t> parents{};  // rows of the step before
    std::vector<int32_t> tokens{};
    std::vector<float> log_probs{};  // of each token
  };

  void add_choice(Choice choice) { choices_.push_back(std::move(choice)); }
  // attention [rows, source_time] paid by the rows scored at a step, before their choice.
  void add_attention(const torch::Tensor& attention) { attention_.push_back(attention); }

  void to_host();  // the attention, before the first trace

  // source_length cuts each row of attention to the real tokens.
  Hypothesis trace(const Ending& ending, int64_t source_length) const;

 private:
  std::vector<float> attention_row(int64_t step, int64_t row, int64_t length) const;

  std::vector<Choice> choices_;
  std::vector<torch::Tensor> attention_;  // empty unless asked for
};

}  // namespace rondo
