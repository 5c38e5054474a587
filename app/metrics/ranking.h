#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/metrics/classification.h"
#include "app/metrics/resampling.h"

namespace rondo {

// Examples in rising order of a score: sorted once, so that each resampled text takes one pass.
class Ranking {
 public:
  // Not-a-number among the scores makes a ranking that measures nothing.
  explicit Ranking(std::span<const double> scores);

  // truth [examples], 0 or 1. How often a true example is above an untrue one, ties counting a half
  // (Mann & Whitney 1947).
  double roc_auc(std::span<const uint8_t> truth, Draws draws = {}) const;

  // [examples], from 1; equal scores share their mean rank, and so do copies of one example.
  std::vector<double> mean_ranks(Draws draws = {}) const;

 private:
  size_t examples_ = 0;
  std::vector<uint32_t> order_;     // examples, the lowest score first
  std::vector<uint32_t> tie_ends_;  // where in order_ each run of equal scores ends
};

// The rankings of classes each against the rest, or of labels; of two classes only class 1's.
class ClassRankings {
 public:
  explicit ClassRankings(const ClassPredictions& predictions);
  explicit ClassRankings(const LabelPredictions& predictions);

  // The mean over the classes of which there are true and untrue examples.
  double mean_roc_auc(Draws draws = {}) const;

 private:
  struct Column {
    Ranking ranking;
    std::vector<uint8_t> truth{};
  };
  std::vector<Column> columns_;
};

}  // namespace rondo
