#include "app/metrics/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace rondo {
namespace {

// One column of probabilities [examples * width].
std::vector<double> column_of(const std::vector<float>& probabilities, int64_t column,
                              int64_t width) {
  std::vector<double> scores;
  const auto end = static_cast<int64_t>(probabilities.size());
  for (int64_t i = column; i < end; i += width) {
    scores.push_back(probabilities[static_cast<size_t>(i)]);
  }
  return scores;
}

}  // namespace

Ranking::Ranking(std::span<const double> scores) : examples_(scores.size()) {
  if (std::any_of(scores.begin(), scores.end(), [](double x) { return std::isnan(x); })) return;
  order_.resize(scores.size());
  std::iota(order_.begin(), order_.end(), 0u);
  std::sort(order_.begin(), order_.end(),
            [&](uint32_t a, uint32_t b) { return scores[a] < scores[b]; });
  for (size_t i = 1; i <= order_.size(); ++i) {
    const bool ends = i == order_.size() || scores[order_[i]] != scores[order_[i - 1]];
    if (ends) tie_ends_.push_back(static_cast<uint32_t>(i));
  }
}

double Ranking::roc_auc(std::span<const uint8_t> truth, Draws draws) const {
  int64_t positives = 0, negatives = 0, twice_won = 0;
  size_t at = 0;
  for (const uint32_t end : tie_ends_) {
    int64_t positive = 0, negative = 0;
    for (; at < end; ++at) {
      const uint32_t example = order_[at];
      (truth[example] != 0 ? positive : negative) += times_drawn(draws, example);
    }
    twice_won += positive * (2 * negatives + negative);
    positives += positive;
    negatives += negative;
  }
  return ratio(0.5 * static_cast<double>(twice_won),
               static_cast<double>(positives) * static_cast<double>(negatives));
}

std::vector<double> Ranking::mean_ranks(Draws draws) const {
  std::vector<double> ranks(examples_, kNotMeasured);
  int64_t below = 0;
  size_t begin = 0;
  for (const uint32_t end : tie_ends_) {
    int64_t tied = 0;
    for (size_t at = begin; at < end; ++at) tied += times_drawn(draws, order_[at]);
    const double rank = static_cast<double>(below) + 0.5 * static_cast<double>(tied + 1);
    for (; begin < end; ++begin) ranks[order_[begin]] = rank;
    below += tied;
  }
  return ranks;
}

ClassRankings::ClassRankings(const ClassPredictions& predictions) {
  for (int64_t c = predictions.classes == 2 ? 1 : 0; c < predictions.classes; ++c) {
    std::vector<uint8_t> truth;
    for (const int64_t label : predictions.truth) truth.push_back(label == c ? 1 : 0);
    const auto scores = column_of(predictions.probabilities, c, predictions.classes);
    columns_.push_back({Ranking(scores), std::move(truth)});
  }
}

ClassRankings::ClassRankings(const LabelPredictions& predictions) {
  for (int64_t label = 0; label < predictions.labels; ++label) {
    std::vector<uint8_t> truth;
    for (int64_t i = 0; i < predictions.size(); ++i) {
      truth.push_back(predictions.truth[static_cast<size_t>(i * predictions.labels + label)]);
    }
    const auto scores = column_of(predictions.probabilities, label, predictions.labels);
    columns_.push_back({Ranking(scores), std::move(truth)});
  }
}

double ClassRankings::mean_roc_auc(Draws draws) const {
  double sum = 0, measured = 0;
  for (const Column& column : columns_) {
    const double area = column.ranking.roc_auc(column.truth, draws);
    if (std::isnan(area)) continue;
    sum += area;
    measured += 1;
  }
  return ratio(sum, measured);
}

}  // namespace rondo
