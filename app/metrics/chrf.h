#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/metrics/references.h"

// chrF (Popović 2015) and chrF++ (Popović 2017) as sacreBLEU 2.6 counts them.
namespace rondo {

struct ChrfOptions {
  int char_order = 6;
  int word_order = 0;  // 2 = chrF++
  int beta = 2;        // recall weighs beta^2 times precision
  bool lowercase = false;
  bool whitespace = false;     // count spaces as characters
  bool eps_smoothing = false;  // average the F scores of all orders, as chrF++.py does
};

inline constexpr ChrfOptions kChrfPlusPlus{.word_order = 2};

// n-grams of one order.
struct ChrfCounts {
  int64_t hypothesis = 0, reference = 0, matches = 0;
};

// The character orders, then the word orders. Add place by place; scores do not add.
using ChrfStatistics = std::vector<ChrfCounts>;

struct ChrfScore {
  double score = 0;  // 0 to 100
};

// Against the reference with the best score.
ChrfStatistics chrf_statistics(std::string_view hypothesis,
                               std::span<const std::string_view> references,
                               const ChrfOptions& options = {});

ChrfScore chrf_score(const ChrfStatistics& statistics, const ChrfOptions& options = {});

// Throws DataError when the numbers of lines differ.
ChrfScore corpus_chrf(std::span<const std::string> hypotheses, const References& references,
                      const ChrfOptions& options = {});

}  // namespace rondo
