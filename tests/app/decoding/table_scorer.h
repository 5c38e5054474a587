#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "app/decoding/step_scorer.h"

namespace rondo {

// A model written as a table: the probability of each next id, given the sentence and all ids so
// far. It keeps its own histories, so a search that mixes up rows or sentences gets other answers.
class TableScorer : public StepScorer {
 public:
  using Ids = std::vector<int64_t>;
  using Table = std::function<std::vector<double>(int64_t sentence, const Ids& so_far)>;

  TableScorer(int64_t sentences, Table next) : next_(std::move(next)), histories_(sentences) {
    for (int64_t i = 0; i < sentences; ++i) sentences_.push_back(i);
  }

  StepScores step(const torch::Tensor& tokens) override {
    rows_scored.push_back(tokens.size(0));
    const auto width = tokens.size(0) / static_cast<int64_t>(sentences_.size());
    std::vector<torch::Tensor> rows;
    for (int64_t r = 0; r < tokens.size(0); ++r) {
      auto& history = histories_[r];
      if (rows_scored.size() > 1) history.push_back(tokens[r].item<int64_t>());
      rows.push_back(torch::tensor(next_(sentences_[r / width], history)).log());
    }
    return {.logits = torch::stack(rows).to(torch::kFloat)};
  }

  void select(const torch::Tensor& rows, const torch::Tensor& sentences) override {
    std::vector<Ids> histories;
    for (int64_t i = 0; i < rows.size(0); ++i) {
      histories.push_back(histories_[rows[i].item<int64_t>()]);
    }
    histories_ = std::move(histories);
    if (!sentences.defined()) return;
    Ids remaining;
    for (int64_t i = 0; i < sentences.size(0); ++i) {
      remaining.push_back(sentences_[sentences[i].item<int64_t>()]);
    }
    sentences_ = std::move(remaining);
  }

  std::vector<int64_t> rows_scored;  // of each step

 private:
  Table next_;
  std::vector<Ids> histories_;  // a row
  Ids sentences_;
};

}  // namespace rondo
